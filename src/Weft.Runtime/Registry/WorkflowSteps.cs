using System.Text.Json;
using Weft.Language.Definitions;

namespace Weft.Runtime.Registry;

/// <summary>Walks a definition: its nodes or tasks, and the steps in them, in file order.</summary>
public static class WorkflowSteps
{
    /// <summary>Every step, with the id of its node or task.</summary>
    public static IEnumerable<(string NodeId, Step Step)> Of(WorkflowDefinition definition) => definition.Body switch
    {
        GraphBody graph => graph.Nodes.Select(n => (n.Id, n.Step)),
        SequenceBody sequence => Tasks(sequence.Tasks).OfType<BasicTask>().Select(t => (t.Id, t.Step)),
        _ => [],
    };

    /// <summary>Every task of a list, with its children, parents first.</summary>
    public static IEnumerable<TaskDefinition> Tasks(IEnumerable<TaskDefinition> tasks)
    {
        foreach (var task in tasks)
        {
            yield return task;
            foreach (var child in Tasks(Children(task)))
            {
                yield return child;
            }
        }
    }

    /// <summary>The tasks that a task holds.</summary>
    public static IEnumerable<TaskDefinition> Children(TaskDefinition task) => task switch
    {
        ParallelTask parallel => parallel.Tasks,
        CollectionTask collection => [collection.Task],
        CompositeTask composite => composite.Tasks,
        LoopTask loop => loop.Tasks,
        RouterTask router => router.Routes.Where(r => r.Task is not null).Select(r => r.Task!), // Where says so.
        WaitTask { Processor: { } processor } => [processor],
        _ => [],
    };

    /// <summary>The names of the agents that a definition uses and does not bring along, supervised ones included; each once.</summary>
    public static IReadOnlyList<string> OutsideAgents(WorkflowDefinition definition)
    {
        var own = definition.Agents.Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
        var named = Of(definition).Select(s => s.Step).OfType<AgentStep>()
            .SelectMany(step => Named(step.Config).Prepend(step.Agent))
            .Concat(definition.Agents.SelectMany(a => Named(a.Config)));
        return [.. named.Where(n => !own.Contains(n)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Every tool that a definition names, comma lists taken apart; each once.</summary>
    public static IReadOnlyList<string> ToolNames(WorkflowDefinition definition)
    {
        var direct = Of(definition).Select(s => s.Step).OfType<ToolStep>().Select(t => t.Tool);
        return
        [
            .. Split(AgentToolSpecs(definition)).Concat(direct).Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>Specs with their comma lists taken apart, each once.</summary>
    public static IReadOnlyList<string> Split(IEnumerable<string> specs) =>
        [.. specs.SelectMany(s => s.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal)];

    /// <summary>Every tool spec that a definition's agents are given, as written; each once.</summary>
    public static IReadOnlyList<string> AgentToolSpecs(WorkflowDefinition definition)
    {
        var nodes = Of(definition).Select(s => s.Step).OfType<AgentStep>().SelectMany(s => s.Config.Tools);
        return [.. nodes.Concat(definition.Agents.SelectMany(a => a.Config.Tools.Concat(a.Actions.SelectMany(x => x.Tools)))).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The word for a step in traces and drawings.</summary>
    internal static string KindOf(Step step) => step switch
    {
        AgentStep => "agent",
        ToolStep => "tool",
        TransformStep => "transform",
        SubWorkflowStep => "workflow",
        _ => "step",
    };

    /// <summary>The word for a task that holds no step.</summary>
    internal static string KindOf(TaskDefinition task) => JsonNamingPolicy.SnakeCaseLower.ConvertName(task.GetType().Name.Replace("Task", "", StringComparison.Ordinal));

    private static IEnumerable<string> Named(AgentConfig config) => config.Supervisor?.Agents ?? [];
}
