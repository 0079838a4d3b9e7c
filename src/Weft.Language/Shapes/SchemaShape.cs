namespace Weft.Language.Shapes;

/// <summary>A JSON Schema, or the id of one of the file's schemas.</summary>
internal sealed class SchemaShape : Shape
{
    public override string Expected => "a JSON Schema, or the id of one";
}
