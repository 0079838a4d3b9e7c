using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Weft.Workflows.Definitions;

namespace Weft.Workflows.Orchestration.Activities;

/// <summary>Asks for a ranking of models.</summary>
public sealed record RouteModelRequest
{
    public required StepScope Scope { get; init; }

    /// <summary>Gets fast, balanced, powerful or custom.</summary>
    public required string Profile { get; init; }

    /// <summary>Gets the estimated tokens of the whole call: prompt, tools, and room for the reply.</summary>
    public required int EstimatedTokens { get; init; }

    /// <summary>Gets the only models allowed, in order of preference; empty: the profile's.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    public IReadOnlyList<string> PreferredModels { get; init; } = [];

    /// <summary>Gets words of: tools (tool_calling), vision, structured_output, streaming.</summary>
    public IReadOnlyList<string> RequiredCapabilities { get; init; } = [];

    public double? MaxCostPerCall { get; init; }

    public int? MaxLatencyMs { get; init; }

    public CostControls? CostControls { get; init; }
}

/// <summary>A ranking, and why it is what it is.</summary>
/// <param name="Ranked">The models to try, best first. Empty: none will do, and <see cref="Reasoning"/> says why.</param>
/// <param name="Rejected">The candidates that were left out, each with its reason.</param>
/// <param name="EstimatedTokens">What the estimate was.</param>
/// <param name="Reasoning">The choice in words and numbers.</param>
public sealed record RoutingDecision(
    IReadOnlyList<RankedModel> Ranked, IReadOnlyList<RejectedModel> Rejected, int EstimatedTokens, string Reasoning);

/// <summary>A candidate with its estimate. <paramref name="Name"/> is the catalog's, <paramref name="Model"/> the provider's.</summary>
public sealed record RankedModel(string Name, string Provider, string Model, double Score, double EstimatedCostUsd, int EstimatedLatencyMs)
{
    /// <summary>Gets a word on its place, such as <c>fallback: over the latency limit</c>.</summary>
    public string? Note { get; init; }
}

/// <summary>A candidate that cannot take the call.</summary>
public sealed record RejectedModel(string Name, string Reason);

/// <summary>One model call.</summary>
public sealed record CallModelRequest
{
    public required StepScope Scope { get; init; }

    /// <summary>Gets the call's name within the execution, the same on every delivery: node, iteration, place in the ranking.</summary>
    public required string CallId { get; init; }

    public required RankedModel Model { get; init; }

    public required IReadOnlyList<ChatTurn> Messages { get; init; }

    /// <summary>Gets the names of the tools that the model may ask for.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>Gets auto, required or none. The default is auto.</summary>
    public string ToolChoice { get; init; } = "auto";

    public JsonObject? OutputSchema { get; init; }

    public bool JsonMode { get; init; }

    public double? Temperature { get; init; }

    public int? MaxTokens { get; init; }

    public TimeSpan? Timeout { get; init; }

    public CostControls? CostControls { get; init; }

    /// <summary>Gets the profile it was routed by, for the record.</summary>
    public string? Profile { get; init; }

    public int EstimatedTokens { get; init; }
}

/// <summary>One message of a conversation with a model.</summary>
public sealed record ChatTurn
{
    /// <summary>Gets system, user, assistant or tool.</summary>
    public required string Role { get; init; }

    /// <summary>Gets the text, or a stored payload of it.</summary>
    public JsonNode? Content { get; init; }

    /// <summary>Gets what an assistant asked for.</summary>
    public IReadOnlyList<ToolInvocation> ToolCalls { get; init; } = [];

    /// <summary>Gets the invocation that a tool's message answers.</summary>
    public string? ToolCallId { get; init; }

    public static ChatTurn System(string text) => new() { Role = "system", Content = text };

    public static ChatTurn User(JsonNode content) => new() { Role = "user", Content = content };

    public static ChatTurn Tool(string toolCallId, JsonNode content) => new() { Role = "tool", ToolCallId = toolCallId, Content = content };
}

/// <summary>A tool call that a model asked for.</summary>
/// <param name="Id">The model's id for it.</param>
/// <param name="Name">The name as the model wrote it (<see cref="ToolReference.ModelName"/>).</param>
/// <param name="Arguments">The arguments; null when they were no JSON object, and then <paramref name="ArgumentsError"/> says so.</param>
/// <param name="ArgumentsError">What was wrong with the arguments.</param>
public sealed record ToolInvocation(string Id, string Name, JsonObject? Arguments, string? ArgumentsError = null);

/// <summary>What a model call came to. A failure that another model may survive is a value.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Replied), "replied")]
[JsonDerivedType(typeof(Failed), "failed")]
public abstract record ModelOutcome
{
    /// <summary>The model answered.</summary>
    /// <param name="Message">Its message; a long text is a stored payload.</param>
    /// <param name="FinishReason">stop, length, tool_calls, content_filter or other.</param>
    /// <param name="Usage">The provider's own count.</param>
    /// <param name="CostUsd">From the reported usage and the catalog's prices; null when the price is not known.</param>
    /// <param name="LatencyMs">From request to whole answer.</param>
    public sealed record Replied(ChatTurn Message, string FinishReason, TokenUsage Usage, double? CostUsd, long LatencyMs) : ModelOutcome;

    /// <summary>The call failed.</summary>
    public sealed record Failed(ModelFailure Failure) : ModelOutcome;
}

/// <summary>The provider's count of tokens.</summary>
public sealed record TokenUsage(long InputTokens, long OutputTokens)
{
    public long CachedInputTokens { get; init; }

    /// <summary>Gets a value indicating whether the provider gave no count, and this is an estimate.</summary>
    public bool Estimated { get; init; }
}

/// <summary>Why a model call failed.</summary>
/// <param name="Kind">One of llm-provider failure classes: rate_limited, quota, overloaded, server_error, timeout, network, auth, not_found, bad_request, context_too_long, content_filter, malformed_reply, budget_exceeded, circuit_open, cancelled.</param>
/// <param name="Message">What happened; no secrets, no prompt text.</param>
/// <param name="MayTryOther">Whether another model may survive it.</param>
/// <param name="Transient">Whether the same model may survive it a little later.</param>
public sealed record ModelFailure(string Kind, string Message, bool MayTryOther, bool Transient)
{
    public int? HttpStatus { get; init; }

    /// <summary>Gets the wait the provider asked for.</summary>
    public long? RetryAfterMs { get; init; }

    public long LatencyMs { get; init; }

    /// <summary>Gets what a failed call cost all the same.</summary>
    public double? CostUsd { get; init; }
}
