namespace Weft.Language.Shapes;

/// <summary>One of several shapes; the kind of value decides which.</summary>
internal sealed class ChoiceShape(params Shape[] choices) : Shape
{
    public IReadOnlyList<Shape> Choices { get; } = choices;

    public override string Expected => string.Join(", or ", Choices.Select(c => c.Expected));
}
