using System.Text.Json.Nodes;

namespace Weft.Api.Workflows;

/// <summary>A workflow with what it says.</summary>
internal sealed record WorkflowDetail : WorkflowView
{
    /// <summary>Gets the definition in the product's own form.</summary>
    public required JsonNode Definition { get; init; }

    /// <summary>Gets the text as its author wrote it.</summary>
    public string? Text { get; init; }
}
