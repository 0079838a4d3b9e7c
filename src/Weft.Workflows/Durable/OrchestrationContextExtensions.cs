namespace Weft.Workflows.Durable;

/// <summary>Conveniences over <see cref="IOrchestrationContext"/>.</summary>
public static class OrchestrationContextExtensions
{
    /// <summary>Completes after the given time from now.</summary>
    public static Task CreateTimer(this IOrchestrationContext context, TimeSpan delay, CancellationToken cancellationToken) =>
        context.CreateTimer(context.CurrentUtcDateTime + delay, cancellationToken);
}
