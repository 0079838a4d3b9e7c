using Weft.Language.Definitions;

namespace Weft.Runtime.Registry;

/// <summary>What the steps of a definition name: agents and tools.</summary>
public static class WorkflowSteps
{
    /// <summary>The names of the agents that a definition uses and does not bring along, supervised ones included; each once.</summary>
    public static IReadOnlyList<string> OutsideAgents(WorkflowDefinition definition)
    {
        var own = definition.Agents.Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
        var named = TaskTree.StepsOf(definition).Select(s => s.Step).OfType<AgentStep>()
            .SelectMany(step => Named(step.Config).Prepend(step.Agent))
            .Concat(definition.Agents.SelectMany(a => Named(a.Config)));
        return [.. named.Where(n => !own.Contains(n)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Every tool that a definition names, comma lists taken apart; each once.</summary>
    public static IReadOnlyList<string> ToolNames(WorkflowDefinition definition)
    {
        return
        [
            .. Split(AgentToolSpecs(definition)).Concat(StepTools(definition)).Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>The tools that steps call without an agent.</summary>
    public static IEnumerable<string> StepTools(WorkflowDefinition definition) =>
        TaskTree.StepsOf(definition).Select(s => s.Step).OfType<ToolStep>().Select(t => t.Tool);

    /// <summary>Specs with their comma lists taken apart, each once.</summary>
    public static IReadOnlyList<string> Split(IEnumerable<string> specs) =>
        [.. specs.SelectMany(s => s.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct(
            StringComparer.Ordinal)];

    /// <summary>Every tool spec that a definition's agents are given, as written; each once.</summary>
    public static IReadOnlyList<string> AgentToolSpecs(WorkflowDefinition definition)
    {
        var nodes = TaskTree.StepsOf(definition).Select(s => s.Step).OfType<AgentStep>().SelectMany(s => s.Config.Tools);
        return [.. nodes.Concat(definition.Agents.SelectMany(a => a.Config.Tools.Concat(a.Actions.SelectMany(x => x.Tools)))).Distinct(
            StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Named(AgentConfig config) => config.Supervisor?.Agents ?? [];
}
