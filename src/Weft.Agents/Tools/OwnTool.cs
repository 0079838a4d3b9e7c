using Weft.Language.Definitions;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Tools;

/// <summary>What a tool of a definition leads to: a tool, another name, or a failure.</summary>
internal sealed record OwnTool(ResolvedTool? Tool, string? Alias, ToolFailure? Failure)
{
    /// <summary>Gets the tool of the file, when it leads to another name.</summary>
    public ToolDefinition? Definition { get; init; }
}
