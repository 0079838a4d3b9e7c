using Weft.Workflows.Contracts;

namespace Weft.Agents.Tools;

/// <summary>What tool specs mean.</summary>
/// <param name="Tools">The tools by spec, each in the catalog's order.</param>
/// <param name="Warnings">What could not be found, and what is odd; empty when all is well.</param>
public sealed record ResolvedSpecs(IReadOnlyDictionary<string, IReadOnlyList<ToolReference>> Tools, IReadOnlyList<string> Warnings);
