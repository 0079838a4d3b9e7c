using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Workflows.Contracts;
using Weft.Workflows.Tests.Harness;

namespace Weft.Workflows.Tests.Execution;

/// <summary>The shipped examples do what their comments say.</summary>
public sealed class ExampleRunTests
{
    [Fact]
    public void TaskTypes_WithoutAModel_RunsToItsEnd()
    {
        var result = Script("task-types").Run(Json("""{"text":"to be or not to be","numbers":[3,1,2],"kind":"urgent"}"""));

        AssertCompleted(result);
        Assert.Equal(
            """{"result":{"words":6,"shouted":"TO BE OR NOT TO BE","backwards":"be to not or be to","squares":[{"value":9},{"value":1},{"value":4}],"last_step":2,"routed":"At once!"}}""",
            result.Output!.ToJsonString(WeftJson.Options));
    }

    [Fact]
    public void NestedEverything_WithoutAModel_RunsToItsEnd()
    {
        var result = Script("nested-everything").Run(Json("""{"teams":[{"name":"red","scores":[3,5]},{"name":"blue","scores":[]}]}"""));

        AssertCompleted(result);
        var results = result.Output!["table"]!["results"]!.AsArray();
        Assert.Equal(8, (int)results[0]!["measure-0"]!["total-0"]!["value"]!);
        Assert.Equal("blue did not play", (string)results[1]!["judge-1"]!["verdict"]!);
    }

    [Fact]
    public void HelloWorld_Greets()
    {
        var script = Script("hello-world").Model(_ => """{"greeting":"Hello Alice!","tone":"warm"}""");

        var result = script.Run(Json("""{"name":"Alice"}"""));

        AssertCompleted(result);
        Assert.Equal(("Hello Alice!", "warm"), ((string)result.Output!["greeting"]!, (string)result.Output["metadata"]!["tone"]!));
    }

    [Theory]
    [InlineData("technical", "Restart it.")]
    [InlineData("general", "Thank you for writing to us. We answer within a day.")]
    public void CustomerSupport_RoutesByCategory(string category, string resolution)
    {
        var script = Script("customer-support")
            .Model(request =>
                WorkflowScript.Prompt(request).StartsWith("Who can help", StringComparison.Ordinal)
                    ? $$"""{"category":"{{category}}","confidence":0.9}""" : "Restart it.");

        var result = script.Run(Json("""{"customer_id":"c1","message":"The app crashes when I log in"}"""));

        AssertCompleted(result);
        Assert.Equal((category, resolution), ((string)result.Output!["category"]!, (string)result.Output["resolution"]!));
    }

    [Fact]
    public void DataPipeline_ChecksEverySource()
    {
        var script = Script("data-pipeline")
            .Tool("data_api", arguments => Json($$"""{"status_code":200,"data":[{"path":"{{arguments["path"]}}"}]}"""))
            .Model(_ => """{"quality_score":0.9,"issues":[]}""");

        var result = script.Run(Json("""{"sources":[{"name":"orders","path":"/orders.json"},{"name":"users","path":"/users.json"}]}"""));

        AssertCompleted(result);
        Assert.Equal("""["orders","users"]""", result.Output!["summary"]!["sources"]!.ToJsonString());
        Assert.Equal(2, (int)result.Output["summary"]!["checked"]!);
    }

    [Theory]
    [InlineData(80, "approve", "refunded")]
    [InlineData(80, "reject", "declined")]
    [InlineData(20, null, "refunded")]
    public void Approval_RefundsWhatAPersonAgreesTo(int amount, string? choice, string status)
    {
        var script = Script("approval").Tool("shopify.create_refund", _ => Json("""{"refund_id":"r1"}"""));
        if (choice is not null)
        {
            script.Signal("ask_manager", new JsonObject { ["choice"] = choice });
        }

        var result = script.Run(Json($$"""{"order_id":"1","amount":{{amount}},"customer_id":"c1"}"""), Json("""{"customer_id":"c1"}"""));

        AssertCompleted(result);
        Assert.Equal(status, (string)result.Output!["status"]!);
    }

    [Fact]
    public void ScheduledReport_SurvivesThatItCannotBePosted()
    {
        var script = Script("scheduled-report")
            .Tool("github.list_issues", _ => Json("""{"issues":[]}"""))
            .ToolOutcomes("slack.send_message", _ => new ToolOutcome.Failed(new ToolFailure("server_error", "down", Retryable: false), 1))
            .Model(_ => "All quiet.");

        var result = script.Run(Json("""{"repository":"owner/repo"}"""));

        AssertCompleted(result);
        Assert.Equal("All quiet.", (string)result.Output!["report"]!);
    }

    [Theory]
    [InlineData("high", 1)]
    [InlineData("low", 0)]
    public void StepsIssue_TellsTheTeamWhatIsUrgent(string priority, int told)
    {
        var script = Script("steps-issue").Tool("github.create_issue", _ => Json("""{"number":7}""")).Tool(
            "slack.send_message", _ => Json("""{"ok":true}"""));

        var result = script.Run(Json($$"""{"title":"Login fails","priority":"{{priority}}"}"""));

        AssertCompleted(result);
        Assert.Equal(told, script.Harness.CallsOf<CallToolRequest>(StepNames.CallTool).Count(c => c.Tool == "slack.send_message"));
    }

    private static WorkflowScript Script(string name) =>
        WorkflowScript.Of(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "workflows", $"{name}.yaml")));

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    private static void AssertCompleted(WorkflowResult result) =>
        Assert.Equal((ExecutionStatus.Completed, null), (result.Status, result.Failure?.Message));
}
