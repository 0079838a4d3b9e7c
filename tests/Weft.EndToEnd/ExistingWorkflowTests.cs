using System.Text.Json.Nodes;
using Weft.EndToEnd.Harness;
using Weft.Language.Diagnostics;
using Weft.Language.Loading;
using Weft.Workflows.Contracts;
using static Weft.EndToEnd.Harness.Texts;

namespace Weft.EndToEnd;

/// <summary>Workflows as others wrote them, unchanged: they load and run.</summary>
[Collection(ServerCollection.Name)]
public sealed class ExistingWorkflowTests(SharedServer shared) : IDisposable
{
    private const string NoScripts = "which cannot be run yet";

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));

    [Fact]
    public async Task HelloWorld_Greets()
    {
        var document = await RunAsync("hello-world", "hello-world.yaml", Json("""{"name":"Alice"}"""));

        AssertCompleted(document);
        Assert.Contains("Alice", (string?)document.Output!["greeting"], StringComparison.Ordinal);
        Assert.True(
            DateTimeOffset.TryParse(
                (string?)document.Output["metadata"]!["timestamp"], System.Globalization.CultureInfo.InvariantCulture, out _));
    }

    [Fact]
    public async Task CustomerSupport_ClassifiesAndAnswers()
    {
        var document = await RunAsync("customer-support", "customer-support.yaml",
            Json("""{"customer_id":"c1","message":"The app crashes when I log in","priority":"high"}"""));

        AssertCompleted(document);
        Assert.Equal("technical", (string?)document.Output!["metadata"]!["category"]);
        Assert.StartsWith("Thank you for contacting us.", (string?)document.Output["resolution"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task CustomerSupport_InputThatItsSchemaRefuses_SaysWhatIsMissing()
    {
        var document = await RunAsync("customer-support", "customer-support.yaml", Json("""{"message":"Hello","priority":"high"}"""));

        Assert.Equal((ExecutionStatus.Failed, "validate_input"), (document.Status, document.Error?.NodeId));
        Assert.Contains("customer_id", document.Error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("The app crashes with an error when I log in", "technical_resolution", "send_confirmation", NoScripts)]
    [InlineData("What are your opening hours please", "general_response", "send_confirmation", NoScripts)]
    [InlineData("I want to speak to a human manager, escalate this", "human_escalation", "route_to_specialist", NoScripts)]
    [InlineData("My invoice is wrong, refund the charge", "billing_resolution", "route_to_specialist", "BILLING_API_TOKEN")]
    public async Task IntelligentCustomerSupport_TakesTheRouteUpToTheToolThatIsNotThere(
        string message, string route, string failing, string why)
    {
        var input = new JsonObject { ["customer_id"] = "c1", ["message"] = message, ["priority"] = "high" };
        var document = await RunAsync("intelligent-customer-support", "intelligent-customer-support.yaml", input);

        Assert.Contains(document.Trace.Nodes, n => n.NodeId == route);
        Assert.Equal((ExecutionStatus.Failed, failing), (document.Status, document.Error?.NodeId));
        Assert.Contains(why, document.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DataPipeline_ReachesItsScripts()
    {
        var input = Json("""
            {"data_sources":[{"source_type":"database","connection_string":"postgres://localhost/shop","query":"select 1","credentials":{"user":"u"}}],
             "processing_config":{"validation_rules":[],"transformations":[]},"date_range":"2026","business_context":"online shop"}
            """);
        var document = await RunAsync("intelligent-data-pipeline", "intelligent-data-pipeline.yaml", input);

        Assert.Equal((ExecutionStatus.Failed, "extract_data"), (document.Status, document.Error?.NodeId));
        Assert.Contains(NoScripts, document.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TaskTypes_WithItsAgentsRegistered_RunsEveryType()
    {
        string[] agents = ["analyst", "sentiment_analyzer", "entity_extractor", "document_processor", "urgent_handler", "normal_handler",
            "processor", "analyzer", "formatter"];
        foreach (var agent in agents)
        {
            var card = new JsonObject { ["name"] = agent, ["type"] = "simple", ["system_prompt"] = $"You are the {agent}." };
            if (agent is "sentiment_analyzer" or "entity_extractor")
            {
                var field = agent == "sentiment_analyzer" ? "sentiment" : "entities";
                card["output_schema"] =
                    Json($$$"""{"type":"object","properties":{"{{{field}}}":{"type":"string"}},"required":["{{{field}}}"]}""");
            }

            var put = await shared.Server.SendAsync(
                HttpMethod.Put, "agents/" + agent, WeftServer.Json(card.ToJsonString()), _deadline.Token);
            Assert.True((int)put.Status is 200 or 201, put.Text);
        }

        var document = await RunAsync("task-types-tour", "task-types.yaml",
            Json("""{"data":{"a":1},"text":"Alice of ACME loves Berlin","documents":["one","two"],"type":"urgent"}"""));

        AssertCompleted(document);
        Assert.Contains(document.Trace.Nodes, n => n.NodeId == "urgent_processing");
        var result = document.Outputs["combine_results"]!["output"]!["final_result"]!;
        Assert.Equal(2, (int)result["metadata"]!["total_docs"]!);
        Assert.False(string.IsNullOrEmpty((string?)result["sentiment"]));
    }

    [Fact]
    public async Task IssueCreation_WrittenAsSteps_ActsForTheUserOfTheContext()
    {
        var before = shared.Sandbox.Log.Last();
        var document = await RunAsync(
            "issue_creation_workflow", "issue_creation_workflow.json", Json("""{"priority":"high"}"""), Json("""{"user_id":"user_123"}"""));

        AssertCompleted(document);
        var calls = shared.Sandbox.Log.Since(before).ToolCalls();
        Assert.Equal([("GITHUB_CREATE_AN_ISSUE", "user_123"), ("SLACK_SEND_MESSAGE", "user_123")], calls.Select(c => (c.Tool, c.User())));
        Assert.Equal("Workflow created issue", (string?)calls[0].Arguments()["title"]);
        Assert.Contains("New GitHub issue created by workflow", calls[1].Arguments().ToJsonString(), StringComparison.Ordinal);
    }

    private async Task<ExecutionDocument> RunAsync(string id, string fixture, JsonObject input, JsonObject? context = null)
    {
        var text = Fixture(fixture);
        Assert.DoesNotContain(WorkflowLoader.Load(text, fixture).Diagnostics, d => d.Severity == DiagnosticSeverity.Error);
        await shared.Server.PutWorkflowAsync(id, text, _deadline.Token);
        return await shared.Server.ExecuteAsync(id, input, context, _deadline.Token);
    }

    private static void AssertCompleted(ExecutionDocument document) =>
        Assert.Equal((ExecutionStatus.Completed, null), (document.Status, document.Error?.Message));

    public void Dispose() => _deadline.Dispose();
}
