using System.Text.Json.Nodes;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Tests.Json;

public sealed class SchemaCheckTests
{
    [Theory]
    [InlineData("""{"type":"string"}""", "1", "$: expected string, got 1")]
    [InlineData("""{"type":"object","required":["a"]}""", "{}", "$: the required field 'a' is missing")]
    [InlineData("""{"type":"object","properties":{},"additionalProperties":false}""", """{"b":1}""", "$: the field 'b' is not known")]
    [InlineData("""{"type":"array","items":{"type":"integer"},"minItems":1}""", """[1,"x"]""", "$[1]: expected integer, got \"x\"")]
    [InlineData("""{"enum":["a","b"]}""", "\"c\"", "$: \"c\" is not one of [\"a\",\"b\"]")]
    [InlineData("""{"type":"integer","maximum":3}""", "4", "$: 4 is out of range")]
    [InlineData("""{"type":"number","multipleOf":0.5}""", "0.7", "$: 0.7 is not a multiple of 0.5")]
    [InlineData("""{"type":"string","pattern":"^a+$"}""", "\"b\"", "$: 'b' does not match ^a+$")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"minimum":0}]}""", "5", "$: 5 fits 2 of oneOf, not one")]
    [InlineData("""{"properties":{"x":{"$ref":"#/$defs/t"}},"$defs":{"t":{"type":"boolean"}}}""", """{"x":"no"}""",
        "$.x: expected boolean, got \"no\"")]
    public void Fault_OfAValueThatBreaksTheSchema_SaysWhereAndWhy(string schema, string value, string fault)
    {
        var document = new SchemaDocument(JsonNode.Parse(schema)!.AsObject());

        Assert.Equal(fault, new SchemaCheck(document).Fault(document.Root, JsonNode.Parse(value)));
    }
}
