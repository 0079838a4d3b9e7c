namespace Weft.Workflows.Execution;

/// <summary>What a <see cref="NodeLifecycle"/> came to.</summary>
/// <param name="Fate">Which way it went.</param>
/// <param name="Outcome">What came of the work; empty for a skipped node.</param>
/// <param name="Reason">Why it was skipped.</param>
internal sealed record NodeEnd(NodeFate Fate, StepOutcome Outcome, string? Reason = null);
