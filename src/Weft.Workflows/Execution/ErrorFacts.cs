using System.Text.Json.Nodes;
using Weft.Workflows.Durable;

namespace Weft.Workflows.Execution;

/// <summary>What templates see of a failure under the name <c>error</c>, in graphs and in sequences.</summary>
internal static class ErrorFacts
{
    /// <summary>The facts of a node or task that failed.</summary>
    public static JsonObject Of(FailureDetails? failure, string nodeId) => new()
    {
        ["code"] = failure?.Code,
        ["message"] = failure?.Message,
        ["node_id"] = nodeId,
        ["details"] = failure?.Details?.DeepClone(),
    };
}
