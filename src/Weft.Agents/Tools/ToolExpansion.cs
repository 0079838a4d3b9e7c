namespace Weft.Agents.Tools;

/// <summary>What <c>app.*</c> means.</summary>
/// <param name="Tools">The tools, in the provider's order.</param>
/// <param name="Warnings">What could not be found, in sentences.</param>
public sealed record ToolExpansion(IReadOnlyList<ResolvedTool> Tools, IReadOnlyList<string> Warnings);
