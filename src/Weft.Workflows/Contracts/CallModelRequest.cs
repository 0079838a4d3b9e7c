using System.Text.Json.Nodes;
using Weft.Language.Definitions;

namespace Weft.Workflows.Contracts;

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
