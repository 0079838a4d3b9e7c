using System.Text.Json.Nodes;

namespace Weft.Workflows.Contracts;

/// <summary>What the templates came to; large values are stored payloads.</summary>
public sealed record EvaluateResult(JsonNode? Value, IReadOnlyList<string> Warnings)
{
    /// <summary>Gets where the JSON does not fit, when <see cref="EvaluateRequest.ReadJson"/> was asked.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];
}
