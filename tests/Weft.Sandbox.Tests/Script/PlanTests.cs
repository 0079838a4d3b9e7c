using System.Text.Json.Nodes;
using Weft.Sandbox.Chat;
using Weft.Sandbox.Composio;
using Weft.Sandbox.Json;
using static Weft.Sandbox.Tests.Script.Asking;

namespace Weft.Sandbox.Tests.Script;

/// <summary>
/// Plans, verdicts and assignments, asked for in words: what counts is the schema, the tools that are listed, and the lines that tell of
/// calls.
/// </summary>
public sealed class PlanTests
{
    private const string PlanSchema = """
        {"type":"object","required":["steps"],"properties":{"thought":{"type":"string"},"steps":{"type":"array","maxItems":30,"items":{
          "type":"object","required":["id","tool","arguments"],"properties":{"id":{"type":"string","minLength":1},"tool":{"type":"string","minLength":1},
          "arguments":{"type":"object"},"description":{"type":"string"},"depends_on":{"type":"array","items":{"type":"string"}}}}}}}
        """;

    private const string VerdictSchema = """
        {"type":"object","required":["success","summary"],"properties":{"success":{"type":"boolean"},"summary":{"type":"string"},
          "retry":{"type":"boolean"},"data":{"type":["object","null"]}}}
        """;

    private const string LeadSchema = """
        {"type":"object","properties":{"thought":{"type":"string"},"assignments":{"type":"array","maxItems":20,"items":{
          "type":"object","required":["agent","task"],"properties":{"agent":{"type":"string","enum":["order_finder","reply_writer"]},"task":{"type":"string"}}}},
          "answer":{"description":"once nothing is left"}}}
        """;

    private const string Order =
        """{"order":{"id":"12345","days_since_order":5,"eligible_for_return":true,"return_status":"none","fulfillment_status":"delivered"}}""";

    private const string Goal = """
        Return the order 12345.

        ```json
        {"customer_message": "I want to return my order #12345, it arrived damaged, please send me a label", "customer_email": "john@example.com"}
        ```
        """;

    [Fact]
    public void Plan_FromAListOfTools_CoversTheWorkWithReferences()
    {
        var plan = AskFor(PlanSchema, Goal, Tools());

        Assert.Null(Fault(PlanSchema, plan));
        Assert.Equal(["shopify.get_order", "shopify.create_return", "shopify.generate_return_label", "gmail.send_email"], ToolsOf(plan));
        Assert.Equal("damaged", (string?)plan["steps"]![1]!["arguments"]!["reason"]);
        Assert.Equal("{{steps.s2.output.return_id}}", (string?)plan["steps"]![2]!["arguments"]!["return_id"]);
        Assert.Equal("john@example.com", (string?)plan["steps"]![3]!["arguments"]!["recipient_email"]);
        Assert.Contains("{{steps.s3.output.label_url}}", (string?)plan["steps"]![3]!["arguments"]!["body"], StringComparison.Ordinal);
        Assert.Equal(["s3"], plan["steps"]![3]!["depends_on"]!.AsArray().Select(id => (string?)id));
    }

    [Fact]
    public void Plan_WithoutAnAddress_TakesItFromTheOrderToCome()
    {
        var plan = AskFor(PlanSchema, "{\"customer_message\": \"I want to return order 12345\"}", Tools());

        Assert.Equal("{{steps.s1.output.order.email}}", (string?)plan["steps"]![3]!["arguments"]!["recipient_email"]);
    }

    [Fact]
    public void Plan_AfterThingsHappened_HoldsOnlyWhatIsLeft()
    {
        var plan = AskFor(PlanSchema, Goal, $$"""
            {{Tools()}}
            Hitherto:
            - s1: shopify.get_order {"order_id":"12345"} -> success: {{Order}}
            - s2: shopify.create_return {"order_id":"12345"} -> failed: Error: server_error: 503: service unavailable
            """);

        Assert.Equal(["shopify.create_return", "shopify.generate_return_label", "gmail.send_email"], ToolsOf(plan));
    }

    [Theory]
    [InlineData("""- s1: shopify.get_order {"order_id":"99999"} -> failed: Error: provider_error: 404: order 99999 not found""")]
    [InlineData(
        """- s1: shopify.get_order {"order_id":"10001"} -> success: {"order":{"id":"10001","eligible_for_return":false,"return_status":"none"}}""")]
    public void Plan_WhenNothingMoreCanBeDone_IsEmpty(string happened) =>
    Assert.Empty(ToolsOf(AskFor(PlanSchema, Goal, Tools() + "\n\n" + happened)));

    [Fact]
    public void Plan_WithoutTheOrderThatItNeeds_IsEmpty() =>
        Assert.Empty(ToolsOf(AskFor(PlanSchema, "{\"customer_message\": \"I want to return my order\"}", Tools())));

    [Fact]
    public void Plan_WithToolsThatNoScriptKnows_CallsEachOnceWithArgumentsThatFit()
    {
        var schema =
            """{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer","minimum":2}},"required":["city","days"]}""";

        var plan = AskFor(PlanSchema, "City: Oslo\nPlan a trip.",
            $"- weather.get_forecast: the weather\n  parameters: {schema}\n- rail.find_trains: trains\n");

        Assert.Equal(["weather.get_forecast", "rail.find_trains"], ToolsOf(plan));
        Assert.Equal("""{"city":"Oslo","days":2}""", plan["steps"]![0]!["arguments"]!.ToJsonString());
    }

    [Fact]
    public void Verdict_AfterAllSucceeded_CarriesTheFactsAsData()
    {
        var verdict = AskFor(VerdictSchema, Goal, $$"""
            - s1: shopify.get_order {"order_id":"12345"} -> success: {{Order}}
            - s2: shopify.create_return {"order_id":"12345"} -> failed: Error: server_error: 503: service unavailable
            - s1: shopify.create_return {"order_id":"12345"} -> success: {"return_id":"RET-456","order_id":"12345","status":"open"}
            - s2: shopify.generate_return_label {"order_id":"12345"} -> success: {"label_url":"http://127.0.0.1/RET-456.pdf","return_id":"RET-456"}
            - s3: gmail.send_email {"recipient_email":"john@example.com"} -> success: {"id":"18f0","recipient_email":"john@example.com"}
            """);

        Assert.True((bool)verdict["success"]!);
        Assert.False((bool)verdict["retry"]!);
        Assert.Equal("RET-456", (string?)verdict["data"]!["return_id"]);
        Assert.Equal("http://127.0.0.1/RET-456.pdf", (string?)verdict["data"]!["label_url"]);
        Assert.Contains("Return RET-456 was created for order #12345.", (string?)verdict["summary"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("404: order 12345 not found", "human agent", false)]
    [InlineData("422: the return window of order 12345 has expired", "store credit", false)]
    [InlineData("409: order 12345 has already been returned: RET-455 is open", "RET-455", false)]
    [InlineData("500: internal error", "keeps failing (internal error)", true)]
    public void Verdict_AfterAFailure_SaysWhetherAnotherTryHelps(string error, string said, bool retry)
    {
        var verdict = AskFor(
            VerdictSchema, Goal, $"- s1: shopify.create_return {{\"order_id\":\"12345\"}} -> failed: Error: provider_error: {error}\n");

        Assert.False((bool)verdict["success"]!);
        Assert.Equal(retry, (bool)verdict["retry"]!);
        Assert.Contains(said, (string?)verdict["summary"], StringComparison.Ordinal);
    }

    [Fact]
    public void Verdict_WithASchemaForItsData_FitsItWhenTheGoalWasReached()
    {
        var schema = JsonNode.Parse(VerdictSchema)!.AsObject();
        schema["if"] = JsonNode.Parse("""{"properties":{"success":{"const":true}}}""");
        schema["then"] = JsonNode.Parse("""
            {"required":["data"],"properties":{"data":{"type":"object","properties":{"return_id":{"type":"string"},"label_url":{"type":"string"}},
              "required":["return_id","label_url"],"additionalProperties":false}}}
            """);

        var verdict = AskFor(
            schema.ToJsonString(), Goal,
            """- s1: shopify.generate_return_label {"order_id":"12345"} -> success: {"label_url":"http://x/label.pdf","return_id":"RET-456","order_id":"12345"}""");

        Assert.Null(Fault(schema.ToJsonString(), verdict));
        Assert.Equal("RET-456", (string?)verdict["data"]!["return_id"]);
    }

    [Fact]
    public void Assignments_OfATask_HandItToEachAgent()
    {
        var decision = AskFor(LeadSchema, "Find out where order 12346 is, and write to the customer.");

        Assert.Equal(["order_finder", "reply_writer"], decision["assignments"]!.AsArray().Select(part => (string?)part!["agent"]).Order());
        Assert.All(decision["assignments"]!.AsArray(), part => Assert.Contains("12346", (string?)part!["task"], StringComparison.Ordinal));
    }

    [Fact]
    public void Assignments_OnceReported_AreNoneAndTheAnswerHoldsTheReports()
    {
        List<Turn> turns =
        [
            new Turn(Speaker.System, LeadSchema), User("Find out where order 12346 is."),
            new Turn(Speaker.Assistant, """{"assignments":[{"agent":"order_finder","task":"find it"}]}"""),
            User("order_finder found:\nOrder #12346 is in transit."), User("Come to an end."),
        ];

        var decision = JsonNode.Parse(Ask(turns).Text)!;

        Assert.Empty(decision["assignments"]!.AsArray());
        Assert.Contains("in transit", (string?)decision["answer"], StringComparison.Ordinal);
    }

    private static JsonNode AskFor(string schema, params IReadOnlyList<string> said) =>
        JsonNode.Parse(Ask([new Turn(Speaker.System, "Do as the schema says:\n" + schema), .. said.Select(User)]).Text)!;

    private static string? Fault(string schema, JsonNode value)
    {
        var document = new SchemaDocument(JsonNode.Parse(schema)!.AsObject());
        return new SchemaCheck(document).Fault(document.Root, value);
    }

    private static IEnumerable<string?> ToolsOf(JsonNode plan) => plan["steps"]!.AsArray().Select(step => (string?)step!["tool"]);

    private static string Tools()
    {
        var catalog = new ToolCatalog();
        string[] slugs = ["SHOPIFY_GET_ORDER", "SHOPIFY_CREATE_RETURN", "SHOPIFY_GENERATE_RETURN_LABEL", "GMAIL_SEND_EMAIL"];
        return string.Join('\n', slugs.Select(slug => catalog.Find(slug)!).Select(tool =>
            $"- {tool.Toolkit.Slug}.{tool.Slug[(tool.Toolkit.Slug.Length + 1)..].ToLowerInvariant()}"
                + $"{(tool.IsReadOnly ? " (reads)" : string.Empty)}: {tool.Description}"));
    }
}
