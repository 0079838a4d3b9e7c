using System.Text.Json.Nodes;
using Weft.Sandbox.Chat;
using Weft.Sandbox.Json;
using Weft.Sandbox.Knowledge;
using Weft.Sandbox.Sample;

namespace Weft.Sandbox.Tests.Sample;

public sealed class SchemaSamplerTests
{
    public static TheoryData<string> Schemas =>
    [
        """{"type":"object","properties":{"a":{"type":"string","minLength":20,"maxLength":24},"b":{"type":"integer","minimum":7,"maximum":9},"c":{"type":"number","exclusiveMinimum":0,"exclusiveMaximum":1}},"required":["a","b","c"]}""",
        """{"type":"object","properties":{"code":{"type":"string","pattern":"^[A-Z]{3}-\\d{4}$"},"at":{"type":"string","format":"date-time"},"mail":{"type":"string","format":"email"},"id":{"type":"string","format":"uuid"},"url":{"type":"string","format":"uri"}},"required":["code","at","mail","id","url"]}""",
        """{"type":"object","properties":{"items":{"type":"array","minItems":3,"maxItems":4,"uniqueItems":true,"items":{"type":"string","enum":["a","b","c","d"]}}},"required":["items"]}""",
        """{"$defs":{"node":{"type":"object","properties":{"name":{"type":"string"},"children":{"type":"array","items":{"$ref":"#/$defs/node"}}},"required":["name"]}},"$ref":"#/$defs/node"}""",
        """{"type":"object","properties":{"value":{"anyOf":[{"type":"integer","minimum":5},{"type":"null"}]},"kind":{"const":"fixed"},"either":{"oneOf":[{"type":"string","maxLength":3},{"type":"string","minLength":5}]}},"required":["value","kind","either"]}""",
        """{"allOf":[{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]},{"type":"object","properties":{"b":{"type":"boolean"}},"required":["b"]}]}""",
        """{"type":"object","properties":{"rating":{"type":"integer","minimum":1,"maximum":10,"multipleOf":5},"tags":{"type":"array","items":{"type":"string"}},"nested":{"type":"object","properties":{"deep":{"type":"object","properties":{"x":{"type":["string","null"]}},"required":["x"],"additionalProperties":false}},"required":["deep"]}},"required":["rating","tags","nested"],"additionalProperties":false}""",
        """{"type":"object","additionalProperties":{"type":"number"},"minProperties":2}""",
        """{"type":"object","oneOf":[{"properties":{"type":{"const":"cat"},"lives":{"type":"integer"}},"required":["type","lives"]},{"properties":{"type":{"const":"dog"},"tricks":{"type":"array","items":{"type":"string"},"minItems":1}},"required":["type","tricks"]}]}""",
        """{"type":"array","items":{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]},"minItems":2}""",
        """{"type":"object","properties":{"phone":{"type":"string","pattern":"^\\+?[0-9]{3}-(?:[0-9]{2}|x)[a-f]+$"},"slug":{"type":"string","pattern":"^[a-z0-9]+(-[a-z0-9]+)*$"}},"required":["phone","slug"]}""",
    ];

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Sample_AnySchema_GivesAnInstanceThatFits(string schema)
    {
        var document = new SchemaDocument(JsonNode.Parse(schema)!.AsObject());

        var written = Sampler(document, "Customer: my order #12345 from ana@example.com arrived broken").Sample();

        Assert.Null(new SchemaCheck(document).Fault(document.Root, written));
    }

    [Fact]
    public void Sample_WhereNamesMatch_TakesValuesFromThePrompt()
    {
        var schema =
            """{"type":"object","properties":{"order_id":{"type":"string"},"customer_id":{"type":"string"},"customer_email":{"type":"string"},"amount":{"type":"number"}},"required":["order_id","customer_id","customer_email","amount"]}""";

        var written = Sampler(new SchemaDocument(JsonNode.Parse(schema)!.AsObject()),
            "Customer ID: c-77\nMessage: please refund $12.50 for order #4711, I am ana@example.com").Sample()!;

        Assert.Equal("4711", (string?)written["order_id"]);
        Assert.Equal("c-77", (string?)written["customer_id"]);
        Assert.Equal("ana@example.com", (string?)written["customer_email"]);
        Assert.Equal(12.5, (double)written["amount"]!);
    }

    [Fact]
    public void Sample_AGreeting_NamesThePerson()
    {
        var schema = """{"type":"object","properties":{"greeting":{"type":"string"}},"required":["greeting"]}""";

        var written =
            Sampler(new SchemaDocument(JsonNode.Parse(schema)!.AsObject()), "Generate a personalized greeting for: Ada").Sample()!;

        Assert.Contains("Ada", (string?)written["greeting"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("My app crashes with an error 500 after login", "technical")]
    [InlineData("I was charged twice on my last invoice", "billing")]
    [InlineData("Do you have an office in Oslo?", "general")]
    public void Sample_ACategory_FollowsTheWordsOfTheMessage(string message, string category)
    {
        var schema =
            """{"type":"object","properties":{"category":{"type":"string","enum":["technical","billing","general"]},"confidence":{"type":"number","minimum":0,"maximum":1},"urgency":{"type":"string","enum":["low","medium","high","critical"]}},"required":["category","confidence","urgency"]}""";

        var written = Sampler(new SchemaDocument(JsonNode.Parse(schema)!.AsObject()),
            $"Classify this customer inquiry:\nMessage: {message}\nPriority: high\n\nDetermine the category.").Sample()!;

        Assert.Equal(category, (string?)written["category"]);
        Assert.Equal("high", (string?)written["urgency"]);
        Assert.Equal(category != "general", (double)written["confidence"]! > 0.8);
    }

    [Fact]
    public void Sample_WhatTheConversationLacks_IsNullWhereTheSchemaAllowsIt()
    {
        var schema =
            """{"type":"object","properties":{"order_id":{"type":["string","null"]},"tracking_number":{"anyOf":[{"type":"string"},{"type":"null"}]}},"required":["order_id","tracking_number"]}""";

        var written = Sampler(new SchemaDocument(JsonNode.Parse(schema)!.AsObject()), "Message: hello").Sample()!;

        Assert.Null(written["order_id"]);
        Assert.Null(written["tracking_number"]);
    }

    private static SchemaSampler Sampler(SchemaDocument document, string prompt) =>
        new(document, new Values(new ModelRequest { Provider = "openai", Model = "test", Turns = [new Turn(Speaker.User, prompt)] }, []));
}
