namespace Weft.Language.Shapes;

/// <summary>Anything, as it is.</summary>
internal sealed class AnyShape : Shape
{
    public override string Expected => "any value";
}
