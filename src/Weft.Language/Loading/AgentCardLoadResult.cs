using Weft.Language.Definitions;
using Weft.Language.Diagnostics;

namespace Weft.Language.Loading;

/// <summary>What came of loading an agent card.</summary>
/// <param name="Card">The card; null when there is an error.</param>
/// <param name="Diagnostics">All findings, in file order.</param>
public sealed record AgentCardLoadResult(AgentCard? Card, IReadOnlyList<Diagnostic> Diagnostics);
