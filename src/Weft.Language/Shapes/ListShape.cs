namespace Weft.Language.Shapes;

/// <summary>A list.</summary>
internal sealed class ListShape(Shape item, bool orOne = false, bool filled = false) : Shape
{
    public Shape Item { get; } = item;

    /// <summary>Gets a value indicating whether a single item may stand for a list of one.</summary>
    public bool OrOne { get; } = orOne;

    /// <summary>Gets a value indicating whether it needs at least one item.</summary>
    public bool Filled { get; } = filled;

    public override string Expected => OrOne ? $"a list, or {Item.Expected}" : "a list";
}
