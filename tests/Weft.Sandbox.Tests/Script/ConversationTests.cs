using System.Text.Json.Nodes;
using Weft.Sandbox.Chat;
using static Weft.Sandbox.Tests.Script.Asking;

namespace Weft.Sandbox.Tests.Script;

/// <summary>Conversations with tools, and what is said without any.</summary>
public sealed class ConversationTests
{
    private static readonly ToolSpec[] Tracking = [Tool("shopify_get_order", "order_id"), Tool("shopify_get_tracking_info", "order_id")];

    [Fact]
    public void Answer_WithToolsThatNoScriptKnows_CallsEachOnceThenAnswers()
    {
        ToolSpec[] tools = [Tool("get_forecast", "city"), Tool("find_trains", "city")];
        List<Turn> turns = [User("City: Oslo\nIs it a day for a trip?")];
        var made = new List<string>();
        while (Ask(turns, tools) is { Calls: [var call] })
        {
            made.Add($"{call.Name} {call.ArgumentsText}");
            turns.AddRange(Called($"c{made.Count}", call.Name, call.ArgumentsText), Answered($"c{made.Count}", """{"ok":true}"""));
        }

        Assert.Equal(["""get_forecast {"city":"Oslo"}""", """find_trains {"city":"Oslo"}"""], made);
        Assert.Contains("Is it a day for a trip?", Ask(turns, tools).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_AfterAFailure_TriesOnceMoreThenGivesUp()
    {
        List<Turn> turns = [User("Where is order 12346?")];
        for (var attempt = 0; attempt < 2; attempt++)
        {
            Assert.Single(Ask(turns, Tracking).Calls);
            turns.AddRange(Called($"c{attempt}", "shopify_get_order", """{"order_id":"12346"}"""),
                Answered($"c{attempt}", "Error: unavailable: 503 service down"));
        }

        var reply = Ask(turns, Tracking);

        Assert.Empty(reply.Calls);
        Assert.Contains("keeps failing (503 service down)", reply.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Please continue.")]
    [InlineData("Nun weiter!")]
    public void Answer_AfterANudge_GoesOnWithTheTask(string nudge)
    {
        List<Turn> turns =
        [
            User("Where is order 12346?"), Called("c1", "shopify_get_order", """{"order_id":"12346"}"""),
            Answered("c1", """{"order":{"id":"12346","fulfillment_status":"in_transit"}}"""), User(nudge),
        ];

        Assert.Equal(["shopify_get_tracking_info"], Ask(turns, Tracking).Calls.Select(call => call.Name));
    }

    [Theory]
    [InlineData("This is unacceptable! The worst service ever, I am furious.", true)]
    [InlineData("I am disappointed, the wrapping paper was a bit thin.", false)]
    public void Answer_AComplaint_NotifiesTheSupervisorOnlyWhenItIsGrave(string complaint, bool notifies)
    {
        var reply = Ask([User($"Customer: {complaint}\n\nDeal with it.")], Tool("slack_send_message", "channel", "markdown_text"));

        Assert.Equal(notifies, reply.Calls.Count == 1);
        if (notifies)
        {
            Assert.Equal("supervisors", (string?)reply.Calls[0].Arguments["channel"]);
            Assert.Contains("worst service", (string?)reply.Calls[0].Arguments["markdown_text"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Answer_WhenACallIsDemanded_MakesOneThoughAllIsDone()
    {
        var request = new ModelRequest
        {
            Provider = "openai", Model = "test", Tools = [Tool("emit", "order_id")], MustCall = true,
            Turns = [User("order 12346"), Called("c1", "emit", "{}"), Answered("c1", "{}")],
        };

        Assert.Equal("12346", (string?)Assert.Single(Ask(request).Calls).Arguments["order_id"]);
    }

    [Fact]
    public void Answer_ToResultsOfOthers_KeepsTheirFacts()
    {
        var reply = Ask(
            [User("Make one reply.\n\nIntent: return_request\n\nReturn Result: Return RET-456 was created. The label is at "
                + "https://x.example/l.pdf.\n")]);

        Assert.Contains("Return RET-456 was created. The label is at https://x.example/l.pdf.", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Make one reply", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_WithPassages_QuotesTheFirst()
    {
        var reply = Ask(
            [User("Question: How long does shipping take?\n\n- Standard shipping takes three to five days.\n- The office is closed on "
                + "Sundays.\n")]);

        Assert.Contains("three to five days", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Sundays", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_WithTheSchemaInTheSystemText_IsJsonThatFitsIt()
    {
        var system = new Turn(Speaker.System,
            """Sort messages. {"type":"object","properties":{"intent":{"type":"string","enum":["order_status","complaint"]}},"required":["intent"]}""");

        var reply = Ask([system, User("Customer: where is my parcel?")]);

        Assert.Equal("order_status", (string?)JsonNode.Parse(reply.Text)!["intent"]);
    }

    [Fact]
    public void Answer_WithAFinishingTool_HandsTheAnswerToIt()
    {
        List<Turn> turns =
        [
            User("Where is order 12346?"),
            Called("c1", "shopify_get_order", """{"order_id":"12346"}"""),
            Answered("c1", """{"order":{"id":"12346","fulfillment_status":"in_transit"}}"""),
        ];

        var call = Assert.Single(Ask(turns, Tool("shopify_get_order", "order_id"), Tool("final_answer", "answer")).Calls);

        Assert.Equal("final_answer", call.Name);
        Assert.Contains("12346", (string?)call.Arguments["answer"], StringComparison.Ordinal);
    }
}
