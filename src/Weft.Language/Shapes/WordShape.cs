namespace Weft.Language.Shapes;

/// <summary>One of some words.</summary>
internal sealed class WordShape(params string[] words) : Shape
{
    public IReadOnlyList<string> Words { get; } = words;

    public override string Expected => $"one of {string.Join(", ", Words)}";
}
