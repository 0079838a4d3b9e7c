using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Workflows.Contracts;

namespace Weft.Workflows.Execution;

/// <summary>Writes the outcomes of steps and tool calls into their traces.</summary>
internal static class Traces
{
    public static NodeTrace Of(NodeTrace began, StepOutcome outcome) => began with
    {
        Status = outcome.Failure is null ? NodeStatus.Completed : NodeStatus.Failed,
        Attempt = outcome.Attempt,
        Agent = outcome.Agent ?? began.Agent,
        AgentType = outcome.AgentType,
        CostUsd = RunTrace.Round(outcome.Usage.CostUsd),
        Model = outcome.Usage.Model,
        Provider = outcome.Usage.Provider,
        InputTokens = outcome.Usage.ModelCalls.Count > 0 ? outcome.Usage.InputTokens : null,
        OutputTokens = outcome.Usage.ModelCalls.Count > 0 ? outcome.Usage.OutputTokens : null,
        Iterations = outcome.Usage.Iterations > 0 ? outcome.Usage.Iterations : null,
        ToolCalls = outcome.Usage.ToolCalls,
        ModelCalls = outcome.Usage.ModelCalls,
        Warnings = [.. outcome.Warnings.Concat(outcome.Usage.Warnings)],
        OutputPreview = outcome.Failure is null ? Preview(outcome.Output) : null,
        Error = outcome.Failure is { } failure ? new ExecutionError(failure.Code, failure.Message, began.NodeId, failure.Details) : null,
    };

    /// <summary>A tool call in a trace.</summary>
    public static ToolCallTrace Of(string tool, ToolOutcome outcome) => outcome switch
    {
        ToolOutcome.Failed failed =>
            new ToolCallTrace(tool, "failed", failed.DurationMs, $"{failed.Failure.Kind}: {failed.Failure.Message}"),
        ToolOutcome.Succeeded succeeded => new ToolCallTrace(tool, "success", succeeded.DurationMs),
        _ => throw new InvalidOperationException("A tool outcome of an unknown kind."),
    };

    public static string? Preview(JsonNode? output)
    {
        var text = output?.ToJsonString(WeftJson.Options);
        return text is null || text.Length <= RunTrace.PreviewLength ? text : text[..RunTrace.PreviewLength];
    }
}
