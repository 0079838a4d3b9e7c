using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Language.Tests.Definitions;
using Weft.Workflows.Contracts;
using Weft.Workflows.Tests.Harness;

namespace Weft.Workflows.Tests.Execution;

/// <summary>Workflows as people have written them, run as they stand.</summary>
public sealed class ExistingWorkflowTests
{
    [Fact]
    public void HelloWorld_Greets()
    {
        var script = Existing("hello-world.yaml").Model(x =>
        {
            Assert.Contains("greeting for: Ada", WorkflowScript.Prompt(x));
            return """{"greeting": "Hello Ada", "tone": "warm"}""";
        });

        var result = script.Run(new JsonObject { ["name"] = "Ada" });

        Assert.Contains("Hello Ada", result.Output!.ToJsonString());
        Assert.Equal("gpt-4", script.Routes[0].Models[0]);
    }

    [Fact]
    public void CustomerSupport_RoutesByItsCondition()
    {
        var script =
            Existing("customer-support.yaml").Model(_ => """{"category": "billing", "expertise_level": "junior", "confidence": 0.95}""");

        var result = script.Run(new JsonObject { ["message"] = "help", ["customer_id"] = "c1", ["priority"] = "low" });

        Assert.Equal(ExecutionStatus.Completed, result.Status);
        Assert.Equal("general_response", script.Document.Outputs["route_to_specialist"]!["output"]!["route_taken"]!.ToString());
        Assert.StartsWith("Thank you", result.Output!["resolution"]!.ToString());
        Assert.Equal("billing", result.Output["metadata"]!["category"]!.ToString());
    }

    [Fact]
    public void CustomerSupport_RefusesAnInputThatItsSchemaDoesNotAllow()
    {
        var result = Existing("customer-support.yaml").Run(new JsonObject { ["message"] = "" });

        Assert.Equal(ExecutionStatus.Failed, result.Status);
        Assert.Contains("customer_id", result.Failure!.Message);
    }

    [Theory]
    [InlineData("technical", "technical_resolution")]
    [InlineData("billing", "billing_resolution")]
    [InlineData("escalation", "human_escalation")]
    [InlineData("general", "general_response")]
    public void IntelligentSupport_GoesEveryWay(string category, string task)
    {
        var script = Existing("intelligent-customer-support.yaml")
            .Tool("notification_system", x => new JsonObject { ["notification_id"] = $"n-{x["type"]}", ["status"] = "sent" })
            .Model(x => x.Scope.NodeId == "classify_support_request"
                ? $$"""{"category": "{{category}}", "confidence": 0.9, "requires_human": false}"""
                : WorkflowScript.Prompt(x).Contains("Account Status: billing_system.get_account_status(c1)")
                    || x.Scope.NodeId != "billing_resolution" ? "we fixed it" : "the prompt lacks the account");

        var result = script.Run(new JsonObject { ["customer_id"] = "c1", ["message"] = "it does not work", ["priority"] = "high" });

        Assert.Equal(ExecutionStatus.Completed, result.Status);
        Assert.Equal(NodeStatus.Completed, script.Trace(task).Status);
        Assert.Equal("n-email", result.Output!["notification_sent"]!.ToString());
        Assert.Equal("exec-1", result.Output["ticket_id"]!.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData(5)]
    public void DataPipeline_RunsItsCollections(int? seed)
    {
        var script = Existing("intelligent-data-pipeline.yaml", seed)
            .Tool("database_connector",
                x => new JsonObject { ["rowCount"] = 2, ["fields"] = new JsonArray("a"), ["data"] = new JsonArray(1, 2),
                    ["query"] = x["query"]?.DeepClone() })
            .Tool("data_transformer", _ => new JsonObject { ["final_count"] = 2, ["data"] = new JsonArray(1) })
            .Tool("report_generator", _ => new JsonObject { ["report_id"] = "r1", ["format"] = "pdf", ["download_url"] = "https://x/r1" })
            .Model(x => x.Scope.NodeId == "analyze_processed_data"
                ? """{"insights": [], "recommendations": [{"action": "a", "priority": "high"}]}"""
                : """{"quality_score": 0.5, "issues_found": [{"field": "a"}]}""");

        var result = script.Run(JsonNode.Parse(
            """
            {"data_sources": [
               {"source_type": "database", "connection_string": "x", "query": "q1", "credentials": {}},
               {"source_type": "api", "connection_string": "y", "query": "q2", "credentials": {}}],
             "processing_config": {"validation_rules": [], "transformations": []},
             "date_range": "2026", "business_context": "none", "previous_analysis": null}
            """)!.AsObject());

        Assert.True(result.Status == ExecutionStatus.Completed, result.Failure?.Message);
        var summary = result.Output!["processing_summary"]!;
        Assert.Equal(4, summary["total_records_processed"]!.GetValue<int>());
        Assert.Equal(0.5, summary["average_quality_score"]!.GetValue<double>());
        Assert.Equal(2, summary["issues_found"]!.GetValue<int>());
        Assert.Equal("r1", result.Output["report_details"]!["report_id"]!.ToString());
    }

    [Fact]
    public void IssueCreation_MakesBothCallsForTheUser()
    {
        var script = Existing("issue_creation_workflow.json")
            .Tool("github.create_issue", _ => new JsonObject { ["number"] = 7 })
            .Tool("slack.send_message", _ => new JsonObject { ["ok"] = true });

        var result = script.Run(new JsonObject { ["priority"] = "high" });

        Assert.Equal(ExecutionStatus.Completed, result.Status);
        Assert.Equal(
            ["github.create_issue", "slack.send_message"], script.Harness.CallsOf<CallToolRequest>(StepNames.CallTool).Select(x => x.Tool));
    }

    [Fact]
    public void TaskTypes_RunWithRegisteredAgents()
    {
        var script = Existing("task-types.yaml").Model(_ => """{"sentiment":"good","entities":["x"]}""");
        string[] agents =
        [
            "analyst", "sentiment_analyzer", "entity_extractor", "document_processor", "urgent_handler", "normal_handler", "processor",
            "analyzer", "formatter",
        ];
        foreach (var agent in agents)
        {
            script.Agent(agent, AgentType.Simple, c => c with { OutputSchema = JsonNode.Parse("""{"type":"object"}""")!.AsObject() });
        }

        var result = script.Run(JsonNode.Parse("""{"data":"d","text":"t","documents":["a","b"],"type":"urgent"}""")!.AsObject());

        Assert.True(result.Status == ExecutionStatus.Completed, result.Failure?.Message);
        Assert.Equal("good", (string)result.Output!["final_result"]!["sentiment"]!);
        Assert.Equal(2, (int)result.Output["final_result"]!["metadata"]!["total_docs"]!);
    }

    private static WorkflowScript Existing(string file, int? seed = null) => WorkflowScript.Of(Fixture.Read(file), seed);
}
