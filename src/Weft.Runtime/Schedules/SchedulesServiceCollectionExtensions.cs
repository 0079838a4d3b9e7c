using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Weft.Runtime.Triggers;

namespace Weft.Runtime.Schedules;

/// <summary>Registers schedules.</summary>
internal static class SchedulesServiceCollectionExtensions
{
    /// <summary>
    /// Adds the scheduler. The embedded server also adds <see cref="SchedulerService"/>; on Azure a timer trigger calls it.
    /// </summary>
    public static IServiceCollection AddSchedules(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ScheduleOptions>().BindConfiguration(ScheduleOptions.Section).ValidateDataAnnotations();
        services.TryAddSingleton<ScheduleStore>();
        services.TryAddSingleton<IScheduledStarts, ScheduledStarts>();
        services.TryAddSingleton<Scheduler>();
        return services;
    }
}
