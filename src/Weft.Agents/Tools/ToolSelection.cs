namespace Weft.Agents.Tools;

/// <summary>The choice.</summary>
public sealed record ToolSelection
{
    /// <summary>Gets the best tool; null: none shares a word with the intent.</summary>
    public string? SelectedTool { get; init; }

    /// <summary>Gets the app of the choice; null: none will do.</summary>
    public string? SelectedApp { get; init; }

    /// <summary>Gets the score of the choice, from 0 to 1; 0: none will do.</summary>
    public double ConfidenceScore { get; init; }

    /// <summary>Gets the next best, best first.</summary>
    public IReadOnlyList<ToolScore> AlternativeTools { get; init; } = [];

    /// <summary>Gets the parts of the choice's score; null: none will do.</summary>
    public ToolScore? Explanation { get; init; }
}
