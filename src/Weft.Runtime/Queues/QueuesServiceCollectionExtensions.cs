using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Weft.Runtime.Triggers;

namespace Weft.Runtime.Queues;

/// <summary>Registers the queue intake.</summary>
internal static class QueuesServiceCollectionExtensions
{
    /// <summary>
    /// Adds what every host needs: the handler, and the messages of completion. The host adds its <see cref="ICompletionSender"/>.
    /// </summary>
    public static IServiceCollection AddQueueIntake(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<QueueOptions>().BindConfiguration(QueueOptions.Section).ValidateDataAnnotations();
        services.TryAddSingleton<StartMessageHandler>();
        services.TryAddSingleton<CompletionNotices>();
        services.TryAddSingleton<CompletionMessages>();
        return services;
    }
}
