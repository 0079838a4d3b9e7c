namespace Weft.Language.Shapes;

/// <summary>One of some words.</summary>
internal sealed class WordShape(params string[] words) : Shape
{
    public IReadOnlyList<string> Words { get; } = words;

    /// <summary>Gets a value indicating whether the types of tools that providers bring along are among the words, too.</summary>
    public bool TakesToolTypes { get; init; }

    public override string Expected => $"one of {string.Join(", ", Words)}";
}
