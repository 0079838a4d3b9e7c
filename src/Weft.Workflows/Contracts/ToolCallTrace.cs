namespace Weft.Workflows.Contracts;

/// <summary>One tool call in a trace.</summary>
/// <param name="Tool">The tool's name.</param>
/// <param name="Status">success, failed or refused.</param>
/// <param name="DurationMs">How long it took.</param>
/// <param name="Error">What the tool or the product said.</param>
public sealed record ToolCallTrace(string Tool, string Status, long DurationMs, string? Error = null);
