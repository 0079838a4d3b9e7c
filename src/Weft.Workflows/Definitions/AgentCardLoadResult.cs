using Weft.Workflows.Orchestration.Activities;

namespace Weft.Workflows.Definitions;

/// <summary>What came of loading an agent card.</summary>
/// <param name="Card">The card; null when there is an error.</param>
/// <param name="Diagnostics">All findings, in file order.</param>
public sealed record AgentCardLoadResult(AgentCard? Card, IReadOnlyList<Diagnostic> Diagnostics);
