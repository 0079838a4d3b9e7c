using System.Text.Json.Nodes;
using Weft.Language.Schemas;

namespace Weft.Language.Tests.Schemas;

public sealed class JsonSchemaValidatorTests
{
    [Theory]
    [InlineData("""{"type":"string"}""", "\"x\"")]
    [InlineData("""{"type":["string","null"]}""", "null")]
    [InlineData("""{"type":"integer"}""", "3.0")]
    [InlineData("""{"type":"number"}""", "3")]
    [InlineData("""{"enum":[1,"a",null]}""", "null")]
    [InlineData("""{"enum":[1.0]}""", "1")]
    [InlineData("""{"const":{"a":[1]}}""", """{"a":[1]}""")]
    [InlineData("""{"minimum":1,"maximum":3,"multipleOf":0.1}""", "1.3")]
    [InlineData("""{"minLength":1,"maxLength":1}""", "\"\ud83d\ude00\"")]
    [InlineData("""{"pattern":"^a+$"}""", "\"aaa\"")]
    [InlineData("""{"format":"date-time"}""", "\"2026-01-01T00:00:00Z\"")]
    [InlineData("""{"format":"email"}""", "\"a@b.c\"")]
    [InlineData("""{"format":"uuid"}""", "\"6f9619ff-8b86-d011-b42d-00c04fc964ff\"")]
    [InlineData("""{"prefixItems":[{"type":"string"}],"items":{"type":"integer"}}""", """["a",1,2]""")]
    [InlineData("""{"contains":{"const":2},"minContains":2}""", "[2,1,2]")]
    [InlineData("""{"uniqueItems":true}""", """[1,"1",{"a":1}]""")]
    [InlineData("""{"patternProperties":{"^x_":{"type":"integer"}},"additionalProperties":false}""", """{"x_a":1}""")]
    [InlineData("""{"oneOf":[{"type":"string"},{"type":"integer"}]}""", "1")]
    [InlineData("""{"if":{"required":["a"]},"then":{"required":["b"]}}""", """{"c":1}""")]
    [InlineData(
        """{"$defs":{"node":{"properties":{"next":{"$ref":"#/$defs/node"}},"required":["v"]}},"$ref":"#/$defs/node"}""",
        """{"v":1,"next":{"v":2}}""")]
    [InlineData("true", "1")]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"properties":{"x":true}}},"unevaluatedProperties":false}""", """{"x":1}""")]
    [InlineData("""{"anyOf":[{"prefixItems":[true]},{"contains":{"const":2}}],"unevaluatedItems":false}""", "[1,2]")]
    [InlineData("""{"$id":"https://a.example/b/","$ref":"c","$defs":{"x":{"$id":"/b/c","type":"integer"}}}""", "1")]
    [InlineData("""{"dependencies":{"a":["b"],"c":{"required":["d"]}}}""", """{"a":1,"b":2,"c":3,"d":4}""")]
    [InlineData("""{"$ref":"https://json-schema.org/draft/2020-12/schema"}""", """{"items":{"type":["string","null"]}}""")]
    public void Validate_AValueThatFits_FindsNothing(string schema, string value) =>
        Assert.Empty(JsonSchemaValidator.Validate(JsonNode.Parse(schema), JsonNode.Parse(value)));

    [Theory]
    [InlineData("""{"type":"object"}""", "[]", "(the value): must be an object, but is an array")]
    [InlineData("""{"type":"integer"}""", "3.5", "(the value): must be an integer, but is a number")]
    [InlineData("""{"properties":{"a":{"type":"string"}},"required":["a"]}""", """{"a":1}""", "/a: must be a string, but is a number")]
    [InlineData(
        """{"required":["order_id"]}""", """{"orderid":1}""", "(the value): lacks the required member 'order_id' (it has 'orderid')")]
    [InlineData("""{"enum":["a","b"]}""", "\"c\"", "(the value): must be one of \"a\", \"b\"")]
    [InlineData("""{"properties":{"a":{"items":{"minimum":2}}}}""", """{"a":[2,1]}""", "/a/1: must be at least 2")]
    [InlineData("""{"exclusiveMaximum":3}""", "3", "(the value): must be less than 3")]
    [InlineData("""{"minimum":3,"exclusiveMinimum":true}""", "3", "(the value): must be more than 3")]
    [InlineData("""{"multipleOf":0.1}""", "0.25", "(the value): must be a multiple of 0.1")]
    [InlineData("""{"maxLength":2}""", "\"abc\"", "(the value): must have at most 2 characters, but has 3")]
    [InlineData("""{"format":"date"}""", "\"2026-02-30\"", "(the value): is not a valid date")]
    [InlineData(
        """{"uniqueItems":true}""", """[{"a":1,"b":2},{"b":2,"a":1.0}]""", "/1: stands in the list already, and items must be unique")]
    [InlineData(
        """{"properties":{"name":{}},"additionalProperties":false}""", """{"nme":1}""",
        "(the value): has the member 'nme', which the schema does not know. Did you mean 'name'?")]
    [InlineData("""{"not":{"type":"string"}}""", "\"x\"", "(the value): has the form that 'not' excludes")]
    [InlineData("""{"oneOf":[{"minimum":1},{"minimum":2}]}""", "3", "(the value): fits 2 forms of oneOf, but must fit exactly one")]
    [InlineData(
        """{"anyOf":[{"type":"string"},{"minimum":5}]}""", "3",
        "(the value): fits none of the 2 forms of anyOf (nearest: (the value): must be a string, but is a number)")]
    [InlineData("""{"dependentRequired":{"a":["b"]}}""", """{"a":1}""", "(the value): has 'a', and so needs 'b'")]
    [InlineData("""{"$ref":"#/$defs/none"}""", "1", "(the value): its schema refers to '#/$defs/none', which is not there")]
    [InlineData("""{"properties":{"a/b~c":{"type":"string"}}}""", """{"a/b~c":1}""", "/a~1b~0c: must be a string, but is a number")]
    [InlineData(
        """{"pattern":"(?=x)"}""", "\"x\"",
        "(the value): its schema has the pattern (?=x), which needs backtracking or is no regular expression; write it "
        + "without lookarounds and back references")]
    [InlineData("false", "1", "(the value): is not allowed here")]
    [InlineData(
        """{"allOf":[{"properties":{"name":{}}}],"properties":{"nick":{}},"unevaluatedProperties":false}""", """{"name":1,"nik":2}""",
        "(the value): has the member 'nik', which the schema does not know. Did you mean 'nick'?")]
    [InlineData("""{"prefixItems":[true],"unevaluatedItems":{"type":"string"}}""", "[1,2]", "/1: must be a string, but is a number")]
    [InlineData(
        """{"$ref":"https://json-schema.org/draft/2020-12/schema"}""", """{"items":{"minimum":"1"}}""",
        "/items/minimum: must be a number, but is a string")]
    public void Validate_AValueThatDoesNotFit_SaysWhereAndWhy(string schema, string value, string fault) =>
        Assert.Equal(fault, Assert.Single(JsonSchemaValidator.Validate(JsonNode.Parse(schema), JsonNode.Parse(value))).ToString());

    [Fact]
    public void Validate_ASchemaThatRefersToItself_Ends() =>
        Assert.NotEmpty(JsonSchemaValidator.Validate(JsonNode.Parse("""{"$ref":"#"}"""), JsonNode.Parse("1")));

    [Fact]
    public void Validate_ASchemaThatTriesEachFormOverAndOver_StopsAtTheMostChecks()
    {
        var schema = JsonNode.Parse("""{"oneOf":[{"$ref":"#"},{"$ref":"#"}]}""");

        var fault = Assert.Single(JsonSchemaValidator.Validate(schema, JsonNode.Parse("1")));

        Assert.Equal("(the value): takes more than 1000000 checks of its schema; make the schema or the value smaller", fault.ToString());
    }

    [Fact]
    public void Validate_AReferenceInANamedSchema_IsToItsOwnParts()
    {
        var named = JsonNode.Parse("""{"properties":{"price":{"$ref":"#/$defs/money"}},"$defs":{"money":{"type":"number"}}}""")!.AsObject();
        var schema = JsonNode.Parse("""{"items":{"$ref":"order"},"$defs":{"money":{"type":"string"}}}""");

        var value = JsonNode.Parse("""[{"price":1},{"price":"1"}]""");
        var faults = JsonSchemaValidator.Validate(schema, value, x => x == "order" ? named : null);

        Assert.Equal("/1/price: must be a number, but is a string", Assert.Single(faults).ToString());
    }

    [Fact]
    public void Validate_AReferenceWithAFragment_IsToAPartOfANamedSchema()
    {
        var named = JsonNode.Parse("""{"$defs":{"money":{"$anchor":"money","type":"number"}}}""")!.AsObject();
        var schema = JsonNode.Parse("""{"prefixItems":[{"$ref":"order#/$defs/money"},{"$ref":"order#money"}]}""");

        var faults = JsonSchemaValidator.Validate(schema, JsonNode.Parse("""["1","2"]"""), x => x == "order" ? named : null);

        Assert.Equal(["/0", "/1"], faults.Select(x => x.Path));
    }

    [Fact]
    public void Validate_ADynamicReference_IsToTheOutermostAnchorOfItsName()
    {
        var tree = JsonNode.Parse("""
            {"$id":"tree","$dynamicAnchor":"node","type":"object","properties":{"children":{"items":{"$dynamicRef":"#node"}}}}
            """)!.AsObject();
        var strict = JsonNode.Parse("""{"$id":"strict","$dynamicAnchor":"node","$ref":"tree","unevaluatedProperties":false}""");

        var faults = JsonSchemaValidator.Validate(strict, JsonNode.Parse("""{"children":[{"daat":1}]}"""), x => x == "tree" ? tree : null);

        Assert.Equal("/children/0: has the member 'daat', which the schema does not know.", Assert.Single(faults).ToString());
    }

    [Fact]
    public void Validate_ManyFaults_StopsAtTheMost()
    {
        var value = new JsonArray([.. Enumerable.Range(0, 1_000).Select(x => (JsonNode)x)]);

        var faults = JsonSchemaValidator.Validate(JsonNode.Parse("""{"items":{"type":"string"}}"""), value);

        Assert.Equal(JsonSchemaValidator.MostFaults, faults.Count);
    }

    [Fact]
    public void Validate_AMultiple_OfTenths_IsNotFooledByBinaryFractions() =>
        Assert.Empty(JsonSchemaValidator.Validate(JsonNode.Parse("""{"multipleOf":0.1}"""), JsonNode.Parse("0.3")));

    [Fact]
    public void WithDefaults_LaysThemUnderTheValue()
    {
        var schema = JsonNode.Parse("""{"properties":{"a":{"default":1},"b":{"default":2}}}""")!.AsObject();

        Assert.Equal("""{"a":5,"b":2}""", JsonSchemaValidator.WithDefaults(schema, new JsonObject { ["a"] = 5 }).ToJsonString());
    }
}
