using System.Text.Json.Nodes;
using Weft.Sandbox.Brain;
using Weft.Sandbox.Composio;

namespace Weft.Sandbox.Tests.Brain;

public sealed class ConversationTests
{
    private static readonly ToolSpec[] Support = [Tool("shopify_get_order", "order_id"), Tool("shopify_get_tracking_info", "order_id"), Tool("slack_send_message", "channel", "markdown_text"), Tool("gmail_send_email", "recipient_email", "subject", "body")];

    [Theory]
    [InlineData("Where is my order #12346?", "shopify_get_order")]
    [InlineData("Track the parcel of order 12346, please", "shopify_get_tracking_info")]
    [InlineData("Post \"Deployed\" to #dev-team", "slack_send_message")]
    [InlineData("Email ana@example.com that her order 12346 is on its way", "gmail_send_email")]
    public void Answer_AFreeTask_CallsTheToolThatDoesIt(string task, string tool)
    {
        var reply = Answer([new Turn(Speaker.User, task)], Support);

        Assert.Equal([tool], reply.Calls.Select(call => call.Name));
    }

    [Theory]
    [InlineData("Tell me a joke")]
    [InlineData("Where is my order?")]
    [InlineData("Thanks, that was all")]
    public void Answer_WhatNoToolDoesOrLacksItsFacts_IsText(string task)
    {
        var reply = Answer([new Turn(Speaker.User, task)], Support);

        Assert.Empty(reply.Calls);
        Assert.NotEmpty(reply.Text);
    }

    [Fact]
    public void Answer_QuotedTextAndChannel_BecomeTheMessage()
    {
        var call = Assert.Single(Answer([new Turn(Speaker.User, "Post \"Deployed 1.2\" to #dev-team")], Support).Calls);

        Assert.Equal("dev-team", (string?)call.Arguments["channel"]);
        Assert.Equal("Deployed 1.2", (string?)call.Arguments["markdown_text"]);
    }

    [Theory]
    [InlineData("This is unacceptable! The worst service ever, I am furious.", true)]
    [InlineData("I'd like to mention that the wrapping paper was a bit thin.", false)]
    public void Answer_AComplaint_NotifiesTheSupervisorOnlyWhenItIsGrave(string complaint, bool notifies)
    {
        var task = $"Customer has a complaint: {complaint}\n\n1. Analyze severity (low/medium/high)\n2. If high severity, notify supervisor via Slack immediately\n3. Provide empathetic response\n4. Set conversation to human takeover mode";

        var reply = Answer([new Turn(Speaker.User, task)], Tool("slack_send_message", "channel", "markdown_text"));

        Assert.Equal(notifies, reply.Calls.Count == 1);
        if (notifies)
        {
            Assert.Equal("supervisors", (string?)reply.Calls[0].Arguments["channel"]);
            Assert.Contains("worst service", (string?)reply.Calls[0].Arguments["markdown_text"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Answer_AfterAPassingFailure_TriesOnceMoreThenGivesUp()
    {
        List<Turn> turns = [new Turn(Speaker.User, "1. Get order 12346")];
        for (var attempt = 0; attempt < 2; attempt++)
        {
            Assert.Single(Answer(turns, Support).Calls);
            turns.Add(Called($"c{attempt}", "shopify_get_order", """{"order_id":"12346"}"""));
            turns.Add(Answered($"c{attempt}", "Error: unavailable: 503 service temporarily unavailable"));
        }

        var reply = Answer(turns, Support);

        Assert.Empty(reply.Calls);
        Assert.Contains("kept failing", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_AfterANudge_GoesOnWithTheTask()
    {
        List<Turn> turns =
        [
            new Turn(Speaker.User, "Order ID: 12346\n1. Get order details\n2. Get tracking information"),
            Called("c1", "shopify_get_order", """{"order_id":"12346"}"""), Answered("c1", """{"order":{"id":"12346","fulfillment_status":"in_transit"}}"""),
            new Turn(Speaker.User, "Please continue."),
        ];

        Assert.Equal(["shopify_get_tracking_info"], Answer(turns, Support).Calls.Select(call => call.Name));
    }

    [Fact]
    public void Answer_ToAskedAssembly_KeepsTheFactsOfTheSections()
    {
        var prompt = "Create final customer response from workflow results.\n\nIntent: return_request\n\nReturn Result: Return RET-456 was created. The label is at https://x.example/l.pdf.\n\nAssemble into a single, cohesive response.";

        var reply = Answer([new Turn(Speaker.User, prompt)]);

        Assert.Contains("RET-456", reply.Text, StringComparison.Ordinal);
        Assert.Contains("https://x.example/l.pdf", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Assemble", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_WithKnowledge_QuotesTheDocumentThatFits()
    {
        var prompt = "Answer the customer's question professionally.\n\nQuestion: How long does shipping take?\n\nContext from knowledge base:\n- Standard shipping takes three to five days.\n- The office is closed on Sundays.\n\nGenerate a helpful, concise response.";

        var reply = Answer([new Turn(Speaker.User, prompt)]);

        Assert.Contains("three to five days", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Sundays", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_WithTheSchemaInTheSystemPrompt_IsJsonThatFitsIt()
    {
        var system = new Turn(Speaker.System, "You sort messages.\n\nAnswer with one JSON value and nothing else. It must fit this JSON Schema:\n{\"type\":\"object\",\"properties\":{\"intent\":{\"type\":\"string\",\"enum\":[\"order_status\",\"complaint\"]}},\"required\":[\"intent\"]}");

        var reply = Answer([system, new Turn(Speaker.User, "What does this customer want?\n\nCustomer: where is my parcel?\n\nAnswer with intent.")]);

        Assert.Equal("order_status", (string?)JsonNode.Parse(reply.Text)!["intent"]);
    }

    [Fact]
    public void Answer_WithAFinishingTool_HandsTheAnswerToIt()
    {
        var finish = new ToolSpec("final_answer", "Gives the final answer", JsonNode.Parse("""{"type":"object","properties":{"answer":{"type":"string"}},"required":["answer"]}""")!.AsObject());
        List<Turn> turns =
        [
            new Turn(Speaker.User, "1. Get order 12346"),
            Called("c1", "shopify_get_order", """{"order_id":"12346"}"""), Answered("c1", """{"order":{"id":"12346","fulfillment_status":"in_transit"}}"""),
        ];

        var call = Assert.Single(Answer(turns, [.. Support, finish]).Calls);

        Assert.Equal("final_answer", call.Name);
        Assert.Contains("in transit", (string?)call.Arguments["answer"], StringComparison.Ordinal);
    }

    private static ModelReply Answer(IReadOnlyList<Turn> turns, params ToolSpec[] tools) =>
        new ScriptedModel(new SandboxScript(), new ToolCatalog(), TimeProvider.System).Answer(new ModelRequest { Provider = "openai", Model = "test", Turns = turns, Tools = tools }, fault: null);

    private static Turn Called(string id, string tool, string arguments) => new(Speaker.Assistant, string.Empty) { Calls = [new ToolCall(id, tool, JsonNode.Parse(arguments)!.AsObject())] };

    private static Turn Answered(string id, string text) => new(Speaker.Tool, string.Empty) { Outcomes = [new ToolOutcome(id, text, IsError: false)] };

    private static ToolSpec Tool(string name, params string[] parameters) => new(name, name.Replace('_', ' '), new JsonObject
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(parameters.Select(parameter => new KeyValuePair<string, JsonNode?>(parameter, new JsonObject { ["type"] = "string" }))),
        ["required"] = new JsonArray([.. parameters.Select(parameter => (JsonNode)parameter)]),
    });
}
