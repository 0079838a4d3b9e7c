using System.Text.Json.Nodes;
using Weft.Agents.Tools.Records;
using Weft.Language.Definitions;
using Weft.Workflows.Contracts;
using Weft.Workflows.Failures;

namespace Weft.Agents.Tools;

/// <summary>Says that a call may or may not have taken effect, and what somebody has to look at.</summary>
internal static class UnknownOutcome
{
    public static ToolFailure Of(CallToolRequest request, ResolvedTool tool, ToolCallRecord record, ToolFailure? cause)
    {
        var who = request.EntityId is { } entity ? $" for entity '{entity}'" : "";
        var why = cause is null ? "an earlier delivery began it and left no result" : cause.Message.TrimEnd('.');
        var message =
            $"Whether '{tool.Name}' (call {request.CallId}) took effect is not known: {why}. It was begun at "
            + $"{record.StartedAt:yyyy-MM-dd HH:mm:ss}Z. "
            + $"Check in '{tool.App}'{who} whether it did; then go on from its result, or make the call again. "
            + "(on_unknown_outcome: retry makes such calls again by itself.)";
        var details = new JsonObject
        {
            ["tool"] = tool.Name,
            ["call_id"] = request.CallId,
            ["started_at"] = record.StartedAt,
            ["attempt"] = record.Attempt,
            ["idempotency_key"] = ToolCallLedger.IdempotencyKeyOf(request),
            ["ask"] = request.OnUnknownOutcome == UnknownOutcomePolicy.Ask,
        };
        if (request.EntityId is not null)
        {
            details["entity_id"] = request.EntityId;
        }

        if (cause is not null)
        {
            details["cause"] = new JsonObject { ["kind"] = cause.Kind, ["message"] = cause.Message };
        }

        return ToolFailureKind.UnknownOutcome.Failure(message) with { Details = details };
    }
}
