using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Weft.Agents.Payloads;
using Weft.Agents.Storage;
using Weft.Runtime.Records;
using Weft.Workflows.Contracts;

namespace Weft.Runtime.Tests.Records;

/// <summary>Executions and documents for tests of records.</summary>
internal static class Known
{
    public static readonly DateTime Noon = new(2025, 6, 1, 12, 0, 0, DateTimeKind.Utc);

    public static ContextStore Contexts(IRecordStore store) => new(store, Options.Create(new ContextStoreOptions()), TimeProvider.System);

    public static RunWorkflowInput Run(string workflowId = "support") =>
        new(workflowId, "sha256:" + new string('a', 64), [], []) { StartedBy = "api" };

    public static ExecutionDocument Document(
        string executionId, ExecutionStatus status = ExecutionStatus.Completed, string workflowId = "support", DateTime? startedAt = null,
        params NodeTrace[] nodes) => new()
    {
        ExecutionId = executionId,
        WorkflowId = workflowId,
        Status = status,
        StartedAt = startedAt ?? Noon,
        CompletedAt = status.HasEnded() ? (startedAt ?? Noon).AddSeconds(5) : null,
        DurationMs = 5000,
        TotalCostUsd = 0.25,
        Input = new JsonObject { ["message"] = "hello" },
        Trace = new ExecutionTrace { Nodes = nodes },
    };

    public static NodeTrace Node(string id, NodeStatus status = NodeStatus.Completed, string? agent = null) =>
        new() { NodeId = id, Kind = agent is null ? "tool" : "agent", Agent = agent, Status = status, StartedAt = Noon, DurationMs = 10 };
}
