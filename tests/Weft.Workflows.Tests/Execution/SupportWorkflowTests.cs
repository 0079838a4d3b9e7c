using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Workflows.Contracts;
using Weft.Workflows.Tests.Harness;

namespace Weft.Workflows.Tests.Execution;

/// <summary>The support workflow, as the product's first users run it.</summary>
public sealed class SupportWorkflowTests
{
    private const string Support =
        """
        name: support
        version: 2.0.0
        llm_profiles:
          intent_classification: fast
        composio:
          apps:
            - name: shopify
              entity_id_source: customer_id
              actions: [get_order, create_return]
        workflow:
          nodes:
            - id: classify_intent
              agent: simple_intent_classifier
              config:
                model_profile: intent_classification
                output_schema:
                  type: object
                  properties:
                    intent: { type: string, enum: [order_status, return_request, complaint] }
                    confidence: { type: number }
                    entities: { type: object }
              prompt_template: |
                Classify: {{customer_message}}
            - id: handle_order_status
              agent: reasoning_support_agent
              config: { model_profile: balanced, max_iterations: 5, tools: [shopify.get_order, shopify.get_tracking_info] }
              task: "Where is order {{entities.order_id}}?"
              condition: { type: jmespath, expression: "classify_intent.output.intent == 'order_status'" }
            - id: handle_return
              agent: autonomous_return_agent
              config: { model_profile: powerful, max_retries: 3, allowed_tools: [shopify.get_order, shopify.create_return, gmail.send_email] }
              goal: "Return order {{entities.order_id}}, mail {{customer_email}}"
              condition: { type: jmespath, expression: "classify_intent.output.intent == 'return_request'" }
            - id: assemble_response
              agent: simple_response_assembler
              config: { model_profile: fast }
              prompt_template: |
                Intent: {{classify_intent.output.intent}}
                {% if handle_order_status %}Order: {{handle_order_status.output.answer}}{% endif %}
                {% if handle_return %}Return: {{handle_return.output.summary}}{% endif %}
          edges:
            - { from: classify_intent, to: handle_order_status, condition: { type: jmespath, expression: "output.intent == 'order_status'" } }
            - { from: classify_intent, to: handle_return, condition: { type: jmespath, expression: "output.intent == 'return_request'" } }
            - { from: handle_order_status, to: assemble_response }
            - { from: handle_return, to: assemble_response }
            - { from: assemble_response, to: END }
        cost_controls:
          max_cost_per_conversation: 0.50
        """;

    [Fact]
    public void Run_OfAnOrderQuestion_GoesThroughOneBranchAndJoins()
    {
        var script = Script("order_status");

        var result = script.Run(
            new JsonObject { ["customer_message"] = "where is my order?" },
            new JsonObject { ["customer_id"] = "cust_1", ["customer_email"] = "a@b.c" });

        Assert.Equal(ExecutionStatus.Completed, result.Status);
        Assert.Equal("Intent: order_status|Order: it is on its way", result.Output!["text"]!.ToString());
        Assert.Equal(NodeStatus.Skipped, script.Trace("handle_return").Status);
        Assert.Equal("no incoming edge was taken", script.Trace("handle_return").Reason);
        var answered = script.Trace("handle_order_status");
        Assert.Equal(2, answered.Iterations);
        Assert.Equal("shopify.get_order", Assert.Single(answered.ToolCalls).Tool);
        Assert.Equal(AgentType.Reasoning, answered.AgentType);
        Assert.Equal("cust_1", script.Harness.CallsOf<CallToolRequest>(StepNames.CallTool)[0].EntityId);
        Assert.Equal(4 * 0.001, script.Document.Trace.Costs.TotalUsd, 6);
        Assert.Equal(script.Document.TotalCostUsd, script.Document.Trace.Costs.ByNode.Values.Sum(), 6);
        Assert.Equal(["assemble_response", "classify_intent", "handle_order_status"], script.Document.Outputs.Select(x => x.Key).Order());
    }

    [Fact]
    public void Run_OfAReturn_PlansExecutesAndVerifies()
    {
        var script = Script("return_request");

        var result = script.Run(
            new JsonObject { ["customer_message"] = "send it back" },
            new JsonObject { ["customer_id"] = "cust_1", ["customer_email"] = "a@b.c" });

        Assert.Equal("Intent: return_request|Return: returned as R-77", result.Output!["text"]!.ToString());
        var output = script.Document.Outputs["handle_return"]!["output"]!;
        Assert.True(output["success"]!.GetValue<bool>());
        Assert.Equal("R-77", output["return_id"]!.ToString());
        Assert.Equal(["shopify.get_order", "shopify.create_return", "gmail.send_email"],
            output["steps"]!.AsArray().Select(x => x!["tool"]!.ToString()));
        var mail = script.Harness.CallsOf<CallToolRequest>(StepNames.CallTool).Single(x => x.Tool == "gmail.send_email");
        Assert.Equal("Your return R-77", mail.Arguments["subject"]!.ToString());
    }

    [Fact]
    public void Run_Routes_ByTheProfileThatTheUseNames()
    {
        var script = Script("order_status");

        script.Run(new JsonObject { ["customer_message"] = "?" }, new JsonObject { ["customer_id"] = "c", ["customer_email"] = "e" });

        var routes = script.Routes;
        Assert.Equal("fast", routes[0].Profile);
        Assert.Equal(["tools"], routes[1].RequiredCapabilities);
        Assert.All(routes, x => Assert.Equal(0.5, x.CostControls!.MaxCostPerConversation));
    }

    [Fact]
    public void Run_WithoutTheEntity_WarnsAndGoesOn()
    {
        var script = Script("order_status");

        var result = script.Run(new JsonObject { ["customer_message"] = "?", ["customer_email"] = "e" });

        Assert.Equal(ExecutionStatus.Completed, result.Status);
        Assert.Contains(script.Trace("handle_order_status").Warnings, x => x.Contains("'customer_id'"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Run_InAnyOrderOfCompletions_ComesToTheSame(int seed)
    {
        var script = Script("return_request", seed);

        var result = script.Run(
            new JsonObject { ["customer_message"] = "send it back" }, new JsonObject { ["customer_id"] = "c", ["customer_email"] = "e" });

        Assert.Equal("Intent: return_request|Return: returned as R-77", result.Output!["text"]!.ToString());
    }

    private static WorkflowScript Script(string intent, int? seed = null) => WorkflowScript.Of(Support, seed)
        .Agent("simple_intent_classifier", AgentType.Simple)
        .Agent("reasoning_support_agent", AgentType.Reasoning)
        .Agent("autonomous_return_agent", AgentType.Code)
        .Agent("simple_response_assembler", AgentType.Simple)
        .Tool("shopify.get_order", x => new JsonObject { ["id"] = x["order_id"]?.DeepClone(), ["age_days"] = 3 })
        .Tool("shopify.get_tracking_info", _ => new JsonObject { ["status"] = "in transit" })
        .Tool("shopify.create_return", _ => new JsonObject { ["return_id"] = "R-77" })
        .Tool("gmail.send_email", _ => new JsonObject { ["sent"] = true })
        .Model(request => request.Scope.NodeId switch
        {
            "classify_intent" =>
                WorkflowScript.Says(
                    "```json\n" + """{"intent": "INTENT", "confidence": 0.9, "entities": {"order_id": "12345"}}""".Replace("INTENT", intent)
                        + "\n```"),
            "handle_order_status" => request.Messages.Any(x => x.Role == "tool")
                ? WorkflowScript.Says("it is on its way")
                : WorkflowScript.Wants(("shopify.get_order", """{"order_id": "12345"}""")),
            "handle_return" => request.CallId.Contains("/plan") ? WorkflowScript.Says(Plan) : WorkflowScript.Says(Verdict),
            _ => WorkflowScript.Says(
                string.Join('|',
                    WorkflowScript.Prompt(request).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))),
        });

    private const string Plan =
        """
        {"steps": [
          {"id": "s1", "tool": "shopify.get_order", "arguments": {"order_id": "12345"}},
          {"id": "s2", "tool": "shopify.create_return", "arguments": {"order_id": "{{steps.s1.output.id}}"}, "depends_on": ["s1"]},
          {"id": "s3", "tool": "gmail.send_email", "arguments": {"to": "a@b.c", "subject": "Your return {{steps.s2.output.return_id}}"}}
        ]}
        """;

    private const string Verdict = """{"success": true, "summary": "returned as R-77", "data": {"return_id": "R-77"}}""";
}
