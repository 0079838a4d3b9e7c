using System.Text.Json.Serialization;
using Weft.Language.Diagnostics;
using Weft.Runtime.Executions;

namespace Weft.Api.Problems;

/// <summary>A problem as RFC 9457 has it, with a stable code.</summary>
internal sealed record ProblemBody
{
    /// <summary>Gets <c>urn:weft:problem:</c> and the code.</summary>
    [JsonPropertyOrder(0)]
    public required string Type { get; init; }

    [JsonPropertyOrder(1)]
    public required string Title { get; init; }

    [JsonPropertyOrder(2)]
    public required int Status { get; init; }

    /// <summary>Gets what went wrong here, and what to do.</summary>
    [JsonPropertyOrder(3)]
    public required string Detail { get; init; }

    /// <summary>Gets the code to program against.</summary>
    [JsonPropertyOrder(4)]
    public required string Code { get; init; }

    /// <summary>Gets every fault and its place; null when there is one, and the detail says it.</summary>
    [JsonPropertyOrder(5)]
    public IReadOnlyList<InputFault>? Errors { get; init; }

    /// <summary>Gets a definition's findings.</summary>
    [JsonPropertyOrder(6)]
    public IReadOnlyList<Diagnostic>? Diagnostics { get; init; }

    /// <summary>Gets the id to find this answer by in the logs.</summary>
    [JsonPropertyOrder(7)]
    public string? TraceId { get; init; }
}
