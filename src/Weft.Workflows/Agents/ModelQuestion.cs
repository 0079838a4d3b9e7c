using System.Text.Json.Nodes;
using Weft.Workflows.Contracts;

namespace Weft.Workflows.Agents;

/// <summary>What is asked of a model in one step of an agent.</summary>
internal sealed record ModelQuestion(string CallId, IReadOnlyList<ChatTurn> Messages)
{
    public IReadOnlyList<ToolReference> Tools { get; init; } = [];

    public string ToolChoice { get; init; } = "auto";

    public JsonObject? Schema { get; init; }

    public bool JsonMode { get; init; }
}
