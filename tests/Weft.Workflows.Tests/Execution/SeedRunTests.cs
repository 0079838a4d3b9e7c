using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Language.Tests.Definitions;
using Weft.Workflows.Contracts;
using Weft.Workflows.Tests.Harness;

namespace Weft.Workflows.Tests.Execution;

/// <summary>Files written elsewhere run as they stand.</summary>
public sealed class SeedRunTests
{
    [Fact]
    public void HelloWorld_Greets()
    {
        var result = Script("hello-world.yaml").Model(_ => """{"greeting":"Hello Alice!","tone":"warm"}""").Run(Json("""{"name":"Alice"}"""));

        AssertCompleted(result);
        Assert.Equal("Hello Alice!", (string)result.Output!["greeting"]!);
    }

    [Fact]
    public void CustomerSupport_AnswersAnInquiry()
    {
        var script = Script("customer-support.yaml").Model(_ => """{"category":"technical","expertise_level":"senior","confidence":0.95}""");

        var result = script.Run(Json("""{"message":"It crashes","customer_id":"c1","priority":"high"}"""));

        AssertCompleted(result);
        Assert.Equal("technical", (string)result.Output!["metadata"]!["category"]!);
    }

    [Theory]
    [InlineData("technical")]
    [InlineData("escalation")]
    [InlineData("general")]
    public void IntelligentCustomerSupport_RoutesAndConfirms(string category)
    {
        var script = Script("intelligent-customer-support.yaml")
            .Model(request => WorkflowScript.Prompt(request).Contains("Analyze this customer support request", StringComparison.Ordinal)
                ? $$"""{"category":"{{category}}","confidence":0.9,"urgency":"low"}"""
                : "Restart it.")
            .Tool("notification_system", _ => Json("""{"notification_id":"n1","status":"sent"}"""));

        var result = script.Run(Json("""{"customer_id":"c1","message":"The app crashes at start","priority":"high"}"""));

        AssertCompleted(result);
        Assert.Equal(("n1", category), ((string)result.Output!["notification_sent"]!, (string)result.Output["classification"]!["category"]!));
    }

    [Fact]
    public void DataPipeline_ReportsOnEverySource()
    {
        var script = Script("intelligent-data-pipeline.yaml")
            .Tool("database_connector", _ => Json("""{"success":true,"data":[{"a":1},{"a":2}],"rowCount":2,"fields":["a"]}"""))
            .Tool("data_transformer", _ => Json("""{"transformed_data":[{"a":1}],"original_count":2,"final_count":1,"transformations_applied":1}"""))
            .Tool("report_generator", _ => Json("""{"report_id":"r1","format":"pdf","download_url":"https://example.com/r1"}"""))
            .Model(request => WorkflowScript.Prompt(request).Contains("quality issues", StringComparison.Ordinal)
                ? """{"quality_score":0.5,"issues_found":[{"field":"a"}],"recommendations":[]}"""
                : """{"insights":[{"finding":"x"}],"trends":[],"recommendations":[{"action":"y","priority":"high"}]}""");

        var result = script.Run(Json("""
            {
              "data_sources": [{"source_type":"database","connection_string":"db://1","query":"q","credentials":{}},{"source_type":"api","connection_string":"api://2","query":"q","credentials":{}}],
              "processing_config": {"validation_rules":[],"transformations":[]}, "date_range": "2024", "business_context": "shop", "previous_analysis": "none"
            }
            """));

        AssertCompleted(result);
        Assert.Equal(2, (int)result.Output!["processing_summary"]!["total_records_processed"]!);
        Assert.Equal("r1", (string)result.Output["report_details"]!["report_id"]!);
    }

    [Fact]
    public void TaskTypes_RunWithRegisteredAgents()
    {
        var script = Script("task-types.yaml").Model(_ => """{"sentiment":"good","entities":["x"]}""");
        foreach (var agent in new[] { "analyst", "sentiment_analyzer", "entity_extractor", "document_processor", "urgent_handler", "normal_handler", "processor", "analyzer", "formatter" })
        {
            script.Agent(agent, AgentType.Simple, c => c with { OutputSchema = Json("""{"type":"object"}""") });
        }

        var result = script.Run(Json("""{"data":"d","text":"t","documents":["a","b"],"type":"urgent"}"""));

        AssertCompleted(result);
        Assert.Equal("good", (string)result.Output!["final_result"]!["sentiment"]!);
        Assert.Equal(2, (int)result.Output["final_result"]!["metadata"]!["total_docs"]!);
    }

    private static WorkflowScript Script(string name) => WorkflowScript.Of(Fixture.Read(name));

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    private static void AssertCompleted(WorkflowResult result) => Assert.Equal((ExecutionStatus.Completed, null), (result.Status, result.Failure?.Message));
}
