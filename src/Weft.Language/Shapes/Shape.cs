namespace Weft.Language.Shapes;

/// <summary>
/// What may stand at a place of a definition. The shapes are the language: files are checked against them, and the JSON Schemas are made of
/// them.
/// </summary>
internal abstract class Shape
{
    /// <summary>Gets what is expected, for messages: <c>a whole number</c>.</summary>
    public abstract string Expected { get; }
}
