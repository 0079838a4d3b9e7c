namespace Weft.Language.Shapes;

/// <summary>True or false.</summary>
internal sealed class BoolShape : Shape
{
    public override string Expected => "true or false";
}
