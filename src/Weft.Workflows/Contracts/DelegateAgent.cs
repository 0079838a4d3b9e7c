namespace Weft.Workflows.Contracts;

/// <summary>An agent that a supervisor may hand work to.</summary>
/// <param name="Name">The name by which the supervisor calls it.</param>
/// <param name="Description">What it is good at.</param>
/// <param name="Run">How it runs; its prompt is what the supervisor asks.</param>
public sealed record DelegateAgent(string Name, string? Description, RunAgentInput Run)
{
    /// <summary>Gets the longest time of one assignment: its card's; null: no limit of its own.</summary>
    public TimeSpan? Timeout { get; init; }
}
