using System.Text.Json.Nodes;

namespace Weft.Workflows.Agents;

/// <summary>What came of one tool call, as an agent sees it.</summary>
/// <param name="Status">success, failed or refused.</param>
/// <param name="Output">What the tool answered; may be a stored payload.</param>
/// <param name="Error">Why there is no answer, in words that a model can act on.</param>
internal sealed record ToolAnswer(string Status, JsonNode? Output, string? Error)
{
    public bool Succeeded => Status == "success";
}
