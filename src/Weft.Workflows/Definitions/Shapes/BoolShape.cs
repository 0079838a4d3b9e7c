namespace Weft.Workflows.Definitions.Shapes;

/// <summary>True or false.</summary>
internal sealed class BoolShape : Shape
{
    public override string Expected => "true or false";
}
