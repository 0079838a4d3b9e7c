using System.Text.Json.Nodes;
using Weft.Agents.Tools;

namespace Weft.Agents.Tests.Tools;

public sealed class ToolSchemaTests
{
    [Fact]
    public void References_AreReplacedByTheirTargets_AndCirclesAreCut()
    {
        var schema = ToolSchema.Normalise(Json("""
            {"$defs":{"Node":{"type":"object","properties":{"name":{"type":"string"},"child":{"$ref":"#/$defs/Node"}}}},
             "title":"X","type":"object","properties":{"root":{"$ref":"#/$defs/Node","description":"The root"}},"required":["root","ghost"]}
            """));

        Assert.Equal(
            """{"type":"object","properties":{"root":{"type":"object","properties":{"name":{"type":"string"},"child":{}},"description":"The root"}},"required":["root"]}""",
            schema.ToJsonString());
    }

    [Fact]
    public void AllOf_IsMerged_AndOneOfBecomesAnyOf()
    {
        var schema = ToolSchema.Normalise(Json("""
            {"allOf":[{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]},{"properties":{"b":{"oneOf":[{"type":"integer"},{"type":"null"}]}},"required":["b"]}]}
            """));

        Assert.Equal(
            """{"type":"object","properties":{"a":{"type":"string"},"b":{"anyOf":[{"type":"integer"},{"type":"null"}]}},"required":["a","b"]}""",
            schema.ToJsonString());
    }

    [Theory]
    [InlineData("""{"n":"5"}""", """{"n":5}""")]
    [InlineData("""{"s":5}""", """{"s":"5"}""")]
    [InlineData("""{"s":1.50}""", """{"s":"1.50"}""")]
    [InlineData("""{"b":"true"}""", """{"b":true}""")]
    [InlineData("""{"l":"a"}""", """{"l":["a"]}""")]
    [InlineData("""{"l":"[\"a\",\"b\"]"}""", """{"l":["a","b"]}""")]
    [InlineData("""{"o":"{\"x\":\"7\"}"}""", """{"o":{"x":7}}""")]
    [InlineData("""{"e":"OPEN"}""", """{"e":"open"}""")]
    [InlineData("""{"u":"3"}""", """{"u":3}""")]
    [InlineData("""{"u":null}""", """{"u":null}""")]
    [InlineData("""{"n":null,"s":"x"}""", """{"s":"x"}""")]
    [InlineData("""{"p":"not a date"}""", """{"p":"not a date"}""")]
    public void Arguments_AreMended_WhereTheMeaningIsPlain(string given, string expected)
    {
        var (arguments, faults) = ArgumentCheck.Run(Schema, Json(given));

        Assert.Empty(faults);
        Assert.Equal(expected, arguments.ToJsonString());
    }

    [Theory]
    [InlineData("""{"n":"five"}""", "'n' must be")]
    [InlineData("""{"n":7.5}""", "'n' must be")]
    [InlineData("""{"n":0}""", "'n' must be at least 1")]
    [InlineData("""{"e":"opne"}""", "'e' must be one of")]
    [InlineData("""{"o":{"x":"y"}}""", "'o.x' must be")]
    [InlineData("""{"l":[1,{}]}""", "'l.1' must be")]
    public void Faults_NameTheirPlace(string given, string expected)
    {
        var (_, faults) = ArgumentCheck.Run(Schema, Json(given));

        Assert.Contains(expected, Assert.Single(faults));
    }

    [Fact]
    public void ManyTools_AreCutToTheBudget_AndKeepWhatIsRequired()
    {
        var properties = new JsonObject(
            Enumerable.Range(0, 50).Select(
                i => KeyValuePair.Create(
                    $"p{i}", (JsonNode?)new JsonObject { ["type"] = "string", ["description"] = new string('d', 300) })));
        var parameters = new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = new JsonArray("p7") };
        var specs =
            Enumerable.Range(0, 20).Select(i => new ToolSpec($"a.t{i}", $"a_t{i}", "x", (JsonObject)parameters.DeepClone())).ToList();

        var cut = SchemaBudget.Fit(specs, 8_000);

        Assert.Equal(20, cut.Count);
        Assert.All(cut, s => Assert.True(s.Parameters["properties"]!.AsObject().ContainsKey("p7")));
        Assert.InRange(cut.Sum(s => s.Parameters.ToJsonString().Length), 1, 8_000);
        Assert.Equal(50, ((JsonObject)specs[0].Parameters["properties"]!).Count);
    }

    private static readonly JsonObject Schema = ToolSchema.Normalise(Json("""
        {"type":"object","properties":{
          "n":{"type":"integer","minimum":1},"s":{"type":"string"},"b":{"type":"boolean"},"l":{"type":"array","items":{"type":"string"}},
          "o":{"type":"object","properties":{"x":{"type":"integer"}}},"e":{"type":"string","enum":["open","closed"]},
          "u":{"anyOf":[{"type":"integer"},{"type":"null"}]},"p":{"type":"string","format":"date","pattern":"^(?=x).*$"}}}
        """));

    private static JsonObject Json(string text) => (JsonObject)JsonNode.Parse(text)!;
}
