namespace Weft.Language.Shapes;

/// <summary>A mapping with keys of the author's choice.</summary>
/// <param name="value">What stands behind each.</param>
/// <param name="settings">The keys that have an effect, where the mapping is one of settings; null: all have.</param>
internal sealed class MapShape(Shape value, IReadOnlyList<string>? settings = null) : Shape
{
    public Shape Value { get; } = value;

    public IReadOnlyList<string>? Settings { get; } = settings;

    public override string Expected => "a mapping";
}
