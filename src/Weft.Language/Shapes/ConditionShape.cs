namespace Weft.Language.Shapes;

/// <summary>A condition: a text, <c>{type, expression}</c>, true or false.</summary>
internal sealed class ConditionShape(string textType) : Shape
{
    /// <summary>Gets the type of a condition that is a bare text without <c>{{</c>.</summary>
    public string TextType { get; } = textType;

    public override string Expected => "a condition: a text, or {type, expression}";
}
