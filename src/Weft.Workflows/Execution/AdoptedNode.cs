using System.Text.Json.Nodes;
using Weft.Workflows.Contracts;

namespace Weft.Workflows.Execution;

/// <summary>A node that a rerun takes over, as it ended in the execution that it repeats.</summary>
internal static class AdoptedNode
{
    /// <summary>The output of an adopted node, out of its <c>{output: …}</c>.</summary>
    public static JsonNode? OutputOf(LoadedWorkflow loaded, string id) => loaded.AdoptedOutputs?[id] switch
    {
        JsonObject { Count: 1 } wrapped when wrapped.TryGetPropertyValue("output", out var output) => output,
        var bare => bare,
    };

    /// <summary>The trace of an adopted node: its work was paid for before.</summary>
    public static NodeTrace TraceOf(NodeTrace adopted, string? from) =>
        adopted with { CostUsd = 0, ToolCalls = [], ModelCalls = [], Reason = $"adopted from {from ?? "an earlier execution"}" };
}
