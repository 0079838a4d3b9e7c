using System.Text.Json.Nodes;
using Weft.Language.Definitions;

namespace Weft.Workflows.Contracts;

/// <summary>One model call.</summary>
public sealed record CallModelRequest
{
    /// <summary>Gets whose call it is.</summary>
    public required StepScope Scope { get; init; }

    /// <summary>Gets the call's name within the execution, the same on every delivery: node, iteration, place in the ranking.</summary>
    public required string CallId { get; init; }

    /// <summary>Gets the model that is asked: one of the ranked; null: <see cref="Route"/> finds it.</summary>
    public RankedModel? Model { get; init; }

    /// <summary>Gets what the model is found by, where the call ranks the models too; null: <see cref="Model"/> is asked.</summary>
    public RouteModelRequest? Route { get; init; }

    /// <summary>Gets the model that is asked wherever it stands in the ranking that <see cref="Route"/> makes; null: the best.</summary>
    public string? StayWith { get; init; }

    /// <summary>Gets the conversation, oldest first.</summary>
    public required IReadOnlyList<ChatTurn> Messages { get; init; }

    /// <summary>Gets the names of the tools that the model may ask for.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>Gets auto, required or none. The default is auto.</summary>
    public string ToolChoice { get; init; } = "auto";

    /// <summary>Gets the JSON Schema that the answer must fit; null: none.</summary>
    public JsonObject? OutputSchema { get; init; }

    /// <summary>Gets a value indicating whether the answer must be one JSON object.</summary>
    public bool JsonMode { get; init; }

    /// <summary>Gets the sampling temperature, from 0 to 2; null: the model's own.</summary>
    public double? Temperature { get; init; }

    /// <summary>Gets the most tokens of the answer; null: the model's, else the product's.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Gets how long the answer is awaited; null: the model's time, else the product's.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets the workflow's limits on money; null: none.</summary>
    public CostControls? CostControls { get; init; }

    /// <summary>Gets the profile it was routed by, for the record.</summary>
    public string? Profile { get; init; }

    /// <summary>Gets the estimate that routing was made with: the tokens of the whole call, reply included.</summary>
    public int EstimatedTokens { get; init; }
}
