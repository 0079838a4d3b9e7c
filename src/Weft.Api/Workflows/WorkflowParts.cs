using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Api.Agents;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Runtime.Cards;
using Weft.Runtime.Registry;

namespace Weft.Api.Workflows;

/// <summary>The parts of a definition as lists: its nodes or tasks, its agents, its tools.</summary>
internal static class WorkflowParts
{
    /// <summary>The parts of one kind: tasks, agents or tools.</summary>
    public static async Task<IReadOnlyList<JsonNode>> ListAsync(
        WorkflowDefinition definition, string part, AgentRegistry agents, CancellationToken cancellationToken) => part switch
    {
        "tasks" => Tasks(definition),
        "tools" => Tools(definition),
        _ => await AgentsAsync(definition, agents, cancellationToken),
    };

    /// <summary>The name by which one part is asked for.</summary>
    public static string NameOf(JsonNode part) => (part["id"] ?? part["name"])?.GetValue<string>() ?? "";

    private static List<JsonNode> Tasks(WorkflowDefinition definition) => definition.Body switch
    {
        GraphBody graph => [.. graph.Nodes.Select(n => Node(n))],
        SequenceBody sequence => [.. TaskTree.Of(sequence.Tasks).Select(t => Node(t))],
        _ => [],
    };

    private static List<JsonNode> Tools(WorkflowDefinition definition)
    {
        var own = definition.Tools.Select(t => t.Id).ToHashSet(StringComparer.Ordinal);
        var used = WorkflowSteps.ToolNames(definition).Where(s => !own.Contains(s))
            .Select(s => (JsonNode)new JsonObject { ["id"] = s, ["type"] = "composio", ["app"] = s.Split('.')[0] });
        return [.. definition.Tools.Select(t => Node(t)), .. used];
    }

    private static async Task<IReadOnlyList<JsonNode>> AgentsAsync(
        WorkflowDefinition definition, AgentRegistry agents, CancellationToken cancellationToken)
    {
        var parts = definition.Agents.Select(a => Node(a)).ToList();
        foreach (var name in WorkflowSteps.OutsideAgents(definition))
        {
            parts.Add(await agents.FindAsync(name, cancellationToken) is { } card ? Node(AgentView.Of(card))
                : new JsonObject { ["id"] = name, ["registered"] = false });
        }

        return parts;
    }

    private static JsonNode Node<T>(T value) => JsonSerializer.SerializeToNode(value, WeftJson.Options)!; // Parts are never null.
}
