using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Weft.Runtime.Triggers;

namespace Weft.Runtime.Queues;

/// <summary>Registers the queue intake.</summary>
public static class QueuesServiceCollectionExtensions
{
    /// <summary>
    /// Adds what every host needs: the handler, and the messages of completion. The host adds its <see cref="ICompletionSender"/>.
    /// </summary>
    public static IServiceCollection AddQueueIntake(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<QueueOptions>().BindConfiguration(QueueOptions.Section).ValidateDataAnnotations();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<StartMessageHandler>();
        services.TryAddSingleton<CompletionNotices>();
        services.TryAddSingleton<CompletionMessages>();
        return services;
    }

    /// <summary>Adds the embedded server's own queues.</summary>
    public static IServiceCollection AddLocalQueues(this IServiceCollection services)
    {
        services.AddQueueIntake();
        services.TryAddSingleton<LocalQueue>();
        services.TryAddSingleton<IDeadLetters>(s => s.GetRequiredService<LocalQueue>());
        services.TryAddSingleton<ICompletionSender, LocalCompletionSender>();
        services.AddHostedService<LocalQueuePump>();
        return services;
    }
}
