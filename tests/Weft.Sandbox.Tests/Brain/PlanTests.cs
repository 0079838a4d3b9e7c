using System.ClientModel;
using System.Text.Json.Nodes;
using OpenAI.Chat;

namespace Weft.Sandbox.Tests.Brain;

public sealed class PlanTests : SandboxTest
{
    private const string PlanSchema = """
        {"type":"object","properties":{
          "steps":{"type":"array","items":{"type":"object","properties":{
            "id":{"type":"string"},
            "tool":{"type":"string","enum":["shopify.get_order","shopify.create_return","shopify.generate_return_label","gmail.send_email"]},
            "arguments":{"type":"object"},
            "description":{"type":"string"}},
           "required":["id","tool","arguments","description"]}}},
         "required":["steps"]}
        """;

    private const string VerdictSchema = """
        {"type":"object","properties":{"success":{"type":"boolean"},"summary":{"type":"string"},"replan":{"type":"boolean"},"missing":{"type":"array","items":{"type":"string"}},
          "return_id":{"type":["string","null"]},"label_url":{"type":["string","null"]}},
         "required":["success","summary","replan","missing"]}
        """;

    private const string Goal = """
        Goal:
        Process return request for order 12345:

        Steps:
        1. Verify order is eligible for return (< 30 days)
        2. Create return request in Shopify
        3. Generate return shipping label
        4. Send confirmation email with label to john@example.com

        Handle edge cases:
        - Order not found → escalate to human
        - Return window expired → offer store credit
        - Already returned → inform customer
        """;

    private const string Prose = """
        Return the order 12345:
        check that it is less than 30 days old, create the return, make a return label,
        and send the label to john@example.com.

        No such order: hand over to a person. Too old: offer store credit. Returned already: say so.
        """;

    [Theory]
    [InlineData(Goal)]
    [InlineData(Prose)]
    public async Task Plan_OfTheReturnGoal_HasItsStepsInOrderWithKnownArguments(string goal)
    {
        var plan = await AskAsync("Make a plan.", goal, PlanSchema);

        var steps = plan["steps"]!.AsArray();
        Assert.Equal(["shopify.get_order", "shopify.create_return", "shopify.generate_return_label", "gmail.send_email"], steps.Select(step => (string?)step!["tool"]));
        Assert.Equal(["s1", "s2", "s3", "s4"], steps.Select(step => (string?)step!["id"]));
        Assert.Equal("12345", (string?)steps[0]!["arguments"]!["order_id"]);
        Assert.Equal("12345", (string?)steps[1]!["arguments"]!["order_id"]);
        Assert.Equal("john@example.com", (string?)steps[3]!["arguments"]!["recipient_email"]);
        Assert.DoesNotContain("{{", steps[3]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_WhereReferencesAreDescribed_UsesThem()
    {
        var plan = await AskAsync("Make a plan. An argument may refer to an earlier step as {{steps.<id>.output.<field>}}.", Goal, PlanSchema);

        var mail = (string)plan["steps"]![3]!["arguments"]!["body"]!;
        Assert.Contains("{{steps.s2.output.return_id}}", mail, StringComparison.Ordinal);
        Assert.Contains("{{steps.s3.output.label_url}}", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_WithToolsListedInThePrompt_ChoosesAmongThem()
    {
        var schema = """{"type":"object","properties":{"plan":{"type":"array","items":{"type":"object","properties":{"tool":{"type":"string"},"arguments":{"type":"string"}},"required":["tool","arguments"],"additionalProperties":false}}},"required":["plan"],"additionalProperties":false}""";

        var plan = await AskAsync("Tools:\n- github.create_an_issue: opens an issue\n- slack.send_message: posts to a channel", "1. Create an issue titled \"Login fails\" in acme/shop\n2. Post a message to #dev-team", schema);

        var steps = plan["plan"]!.AsArray();
        Assert.Equal(["github.create_an_issue", "slack.send_message"], steps.Select(step => (string?)step!["tool"]));
        var issue = JsonNode.Parse((string)steps[0]!["arguments"]!)!;
        Assert.Equal(("acme", "shop", "Login fails"), ((string?)issue["owner"], (string?)issue["repo"], (string?)issue["title"]));
        Assert.Equal("dev-team", (string?)JsonNode.Parse((string)steps[1]!["arguments"]!)!["channel"]);
    }

    [Fact]
    public async Task Plan_AgainAfterAStepWorked_LeavesItOut()
    {
        var results = """[{"id":"s1","tool":"shopify.get_order","status":"success","output":{"order":{"id":"12345","eligible_for_return":true}}},{"id":"s2","tool":"shopify.create_return","status":"failed","error":"503: temporarily unavailable"}]""";

        var plan = await AskAsync("Make a new plan for what is left.", $"{Goal}\n\nResults so far:\n{results}", PlanSchema);

        Assert.Equal(["shopify.create_return", "shopify.generate_return_label", "gmail.send_email"], plan["steps"]!.AsArray().Select(step => (string?)step!["tool"]));
    }

    [Fact]
    public async Task Verdict_WhenEveryStepWorked_IsASuccessThatNamesIdsAndLinks()
    {
        var results = """
            [{"id":"s1","tool":"shopify.get_order","status":"success","output":{"order":{"id":"12345","fulfillment_status":"delivered","eligible_for_return":true}}},
             {"id":"s2","tool":"shopify.create_return","status":"success","output":{"return_id":"RET-456","order_id":"12345","status":"open"}},
             {"id":"s3","tool":"shopify.generate_return_label","status":"success","output":{"label_url":"https://shop.example.com/labels/RET-456.pdf","return_id":"RET-456"}},
             {"id":"s4","tool":"gmail.send_email","status":"success","output":{"id":"18f0","recipient_email":"john@example.com"}}]
            """;

        var verdict = await AskAsync("Judge whether the goal was reached.", $"{Goal}\n\nResults:\n{results}", VerdictSchema);

        Assert.True((bool)verdict["success"]!);
        Assert.False((bool)verdict["replan"]!);
        Assert.Contains("RET-456", (string?)verdict["summary"], StringComparison.Ordinal);
        Assert.Contains("https://shop.example.com/labels/RET-456.pdf", (string?)verdict["summary"], StringComparison.Ordinal);
        Assert.Equal("RET-456", (string?)verdict["return_id"]);
        Assert.Empty(verdict["missing"]!.AsArray());
    }

    [Theory]
    [InlineData("404: order 12345 not found", "human", false)]
    [InlineData("422: the return window of order 12345 has expired", "store credit", false)]
    [InlineData("409: order 12345 has already been returned: RET-455 is open", "RET-455", false)]
    [InlineData("503: service unavailable", "try later", true)]
    public async Task Verdict_WhenAStepFailed_SaysWhyAndWhetherAnotherPlanHelps(string error, string said, bool replan)
    {
        var results = new JsonArray(new JsonObject { ["id"] = "s1", ["tool"] = "shopify.create_return", ["status"] = "failed", ["error"] = error });

        var verdict = await AskAsync("Judge whether the goal was reached.", $"{Goal}\n\nResults:\n{results.ToJsonString()}", VerdictSchema);

        Assert.False((bool)verdict["success"]!);
        Assert.Equal(replan, (bool)verdict["replan"]!);
        Assert.Contains(said, ((string)verdict["summary"]!).Replace("please try later", "try later", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verdict_WithoutAnyResults_IsNoSuccess()
    {
        var verdict = await AskAsync("Judge whether the goal was reached.", Goal, VerdictSchema);

        Assert.False((bool)verdict["success"]!);
    }

    private async Task<JsonNode> AskAsync(string system, string user, string schema)
    {
        var options = new ChatCompletionOptions { ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("answer", BinaryData.FromString(schema)) };
        ClientResult<ChatCompletion> result = await OpenAi().CompleteChatAsync([new SystemChatMessage(system), new UserChatMessage(user)], options, Deadline);
        return JsonNode.Parse(result.Value.Content[0].Text)!;
    }
}
