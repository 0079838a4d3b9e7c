using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Language.Loading;
using Weft.Runtime.Executions;
using Weft.Runtime.Registry;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Runtime.Tests.Executions;

public sealed class ExecutionDocumentsTests
{
    private const string Steps =
        """
        steps:
          - { name: enough, type: condition, condition: "1 == 1" }
          - { name: get, app: shop, action: get_order }
          - { name: shape, type: transform, transform: { a: 1 } }
        """;

    private const string Tasks =
        """
        tasks:
          - { id: each, type: collection, items: [1], task: { id: "item-{{ .index }}", tool: shop.get } }
          - { id: last, type: aggregate, outputs: { a: 1 } }
        """;

    [Theory]
    [InlineData("enough", "condition")]
    [InlineData("get", "tool")]
    [InlineData("shape", "transform")]
    public void Kind_OfARunningNode_IsThatOfTheGraph(string id, string kind)
    {
        var definition = WorkflowLoader.Load($"name: demo\n{Steps}", "demo.yaml").Definition!;
        var drawn = JsonNode.Parse(WorkflowGraphRenderer.Render(definition, GraphFormat.Json))!["nodes"]!.AsArray()
            .Single(n => n!["id"]!.GetValue<string>() == id)!["kind"]!.GetValue<string>();

        Assert.Equal((kind, kind), (drawn, KindOf(definition, id)));
    }

    [Fact]
    public void Kind_OfARunningChildOfACollection_IsThatOfTheTaskWhoseIdMadeIts()
    {
        var definition = WorkflowLoader.Load($"name: demo\n{Tasks}", "demo.yaml").Definition!;

        Assert.Equal("tool", KindOf(definition, "item-7"));
    }

    [Fact]
    public void Kind_OfANodeThatTheDefinitionDoesNotHold_IsNoOther() =>
        Assert.Equal("node", KindOf(WorkflowLoader.Load($"name: demo\n{Tasks}", "demo.yaml").Definition!, "stranger"));

    private static string KindOf(WorkflowDefinition definition, string running)
    {
        var instance = new OrchestrationInstance
        {
            InstanceId = "e1",
            Name = StepNames.RunWorkflow,
            Status = OrchestrationStatus.Running,
            CreatedAt = DateTime.UnixEpoch,
            LastUpdatedAt = DateTime.UnixEpoch,
            CustomStatus = JsonSerializer.SerializeToNode(new ExecutionProgress { Running = [running] }, WeftJson.Options),
        };
        return Assert.Single(ExecutionDocuments.Compose(instance, null, definition, DateTime.UnixEpoch).Trace.Nodes).Kind;
    }
}
