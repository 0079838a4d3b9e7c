using Microsoft.Extensions.Logging;

namespace Weft.Agents.Models;

/// <summary>Event ids 2100–2199. Never prompts, answers or keys.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 2101, Level = LogLevel.Information,
        Message = "Execution {ExecutionId}, node {NodeId}: routed to {Provider}/{Model} by profile {Profile}, estimated {CostUsd} USD")]
    public static partial void ModelRouted(
        this ILogger logger, string executionId, string nodeId, string provider, string model, string profile, double costUsd);

    [LoggerMessage(
        EventId = 2102, Level = LogLevel.Warning, Message = "Execution {ExecutionId}, node {NodeId}: no model will do. {Reasoning}")]
    public static partial void NoModelRouted(this ILogger logger, string executionId, string nodeId, string reasoning);

    [LoggerMessage(EventId = 2103, Level = LogLevel.Debug,
        Message = "Execution {ExecutionId}, node {NodeId}, call {CallId}: {Model} answered in {LatencyMs} ms, {InputTokens} tokens in, "
            + "{OutputTokens} out, {CostUsd} USD")]
    public static partial void ModelReplied(
        this ILogger logger, string executionId, string nodeId, string callId, string model, long latencyMs, long inputTokens,
        long outputTokens, double? costUsd);

    [LoggerMessage(EventId = 2104, Level = LogLevel.Warning,
        Message = "Execution {ExecutionId}, node {NodeId}, call {CallId}: {Model} failed ({Kind}). {Reason}")]
    public static partial void ModelFailed(
        this ILogger logger, string executionId, string nodeId, string callId, string model, string kind, string reason);

    [LoggerMessage(EventId = 2105, Level = LogLevel.Warning, Message = "{Model} failed too often: its circuit is open for {Seconds} s")]
    public static partial void CircuitOpened(this ILogger logger, string model, double seconds);

    [LoggerMessage(EventId = 2106, Level = LogLevel.Warning,
        Message = "{Scope}: {SpentUsd} of {LimitUsd} USD are spent, over the alert threshold of {Threshold}")]
    public static partial void BudgetAlert(this ILogger logger, string scope, decimal spentUsd, decimal limitUsd, double threshold);

    [LoggerMessage(EventId = 2107, Level = LogLevel.Information,
        Message = "{Model} refuses the parameter {Parameter}: the call is made again without it")]
    public static partial void ParameterDropped(this ILogger logger, string model, string parameter);

    [LoggerMessage(EventId = 2108, Level = LogLevel.Debug,
        Message = "Execution {ExecutionId}, call {CallId}: the recorded answer is returned, the call is not repeated")]
    public static partial void AnswerReturnedFromRecord(this ILogger logger, string executionId, string callId);

    [LoggerMessage(EventId = 2109, Level = LogLevel.Warning,
        Message = "A call to {Model} was billed, and its price is not known: give the model cost_per_1k_input and cost_per_1k_output")]
    public static partial void PriceUnknown(this ILogger logger, string model);
}
