using Weft.Runtime.Executions;

namespace Weft.Runtime.Triggers;

/// <summary>What a delivery led to.</summary>
/// <param name="Event">The event that it was; null: none of a name.</param>
/// <param name="Executions">What was started; empty: no event's filter was met.</param>
public sealed record WebhookOutcome(string? Event, IReadOnlyList<StartedExecution> Executions);
