namespace Weft.Agents.Tools;

/// <summary>The choice.</summary>
public sealed record ToolSelection
{
    /// <summary>Gets the best tool; null: none shares a word with the intent.</summary>
    public string? SelectedTool { get; init; }

    public string? SelectedApp { get; init; }

    public double ConfidenceScore { get; init; }

    public IReadOnlyList<ToolScore> AlternativeTools { get; init; } = [];

    public ToolScore? Explanation { get; init; }
}
