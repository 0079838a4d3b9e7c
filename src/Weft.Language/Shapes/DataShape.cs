namespace Weft.Language.Shapes;

/// <summary>Any value whose texts are templates.</summary>
internal sealed class DataShape : Shape
{
    public override string Expected => "any value";
}
