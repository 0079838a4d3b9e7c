using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Source;

namespace Weft.Language.Loading;

/// <summary>Basic tasks: an agent, a tool, a prompt, or nothing.</summary>
internal sealed partial class TaskLoader
{
    private static readonly string[] OnlyForAgents =
        ["action", "prompt", "system_prompt", "instructions", "model_config", "tools", "mcps", "memory", "max_iterations", "model_profile"];

    private BasicTask Basic(SourceMap map, string id)
    {
        var agent = map.Find("agent");
        var tool = map.Find("tool");
        if (agent is not null && tool is not null)
        {
            Bag.Error(DiagnosticCodes.Exclusive, tool.Value.Key, $"The task '{id}' has 'agent' and 'tool'. A task does one thing; make two tasks.");
        }

        if (tool is not null && agent is null)
        {
            RefuseForAgents(map, id, "a task that calls a tool");
            return new BasicTask { Id = id, Step = new ToolStep { Tool = library.ToolName(map.Value("tool")) ?? "", OnUnknownOutcome = Outcome(map) ?? UnknownOutcomePolicy.Fail } };
        }

        if (agent is null && map.Value("prompt") is null)
        {
            if (map.Find("action") is { } action)
            {
                Bag.Error(DiagnosticCodes.NothingAsked, action.Key, $"The task '{id}' names an action, but no agent. Add 'agent'.");
            }
            else
            {
                RefuseForAgents(map, id, "a task without an agent");
            }

            return new BasicTask { Id = id, Step = new TransformStep() };
        }

        return new BasicTask { Id = id, Step = AgentStep(map, id, agent is not null) };
    }

    private AgentStep AgentStep(SourceMap map, string id, bool hasAgent)
    {
        var config = library.Config(map.Map("config") is { } written ? Joined(map, written) : map, id);
        if (map.Value("model_config") is SourceMap model && library.ModelName(model, id) is { } name)
        {
            config = config with
            {
                Models = [name],
                Temperature = config.Temperature ?? model.Double("temperature") ?? model.Map("params")?.Double("temperature"),
                MaxTokens = config.MaxTokens ?? model.Int("max_tokens") ?? model.Map("params")?.Int("max_tokens"),
            };
        }
        else if (map.Map("config")?.Scalar("model") is { } one)
        {
            config = config with { Models = [library.CheckedModel(one)] };
        }

        var step = new AgentStep
        {
            Agent = hasAgent ? library.AgentName(map.Value("agent"), id) ?? "" : library.AddPlainAgent($"{id}-llm", map),
            Action = map.Text("action"),
            Prompt = map.Text("prompt"),
            SystemPrompt = map.Text("system_prompt", "instructions"),
            Config = config with { OnUnknownOutcome = Outcome(map) ?? config.OnUnknownOutcome },
        };
        AgentUse.Check(context, library, step, map, $"The task '{id}'");
        return step;
    }

    /// <summary>A task's own keys of an agent's work, over those of its config.</summary>
    private static SourceMap Joined(SourceMap map, SourceMap config)
    {
        var own = map.Entries.Where(e => e.Key.Text is "tools" or "mcps" or "memory" or "max_iterations" or "model_profile").ToList();
        return new SourceMap(map.File, map.Line, map.Column, [.. own, .. config.Entries.Where(e => own.TrueForAll(o => o.Key.Text != e.Key.Text))]);
    }

    private void RefuseForAgents(SourceMap map, string id, string what)
    {
        foreach (var name in OnlyForAgents)
        {
            if (map.Find(name) is { } entry)
            {
                Bag.Error(DiagnosticCodes.WrongTaskType, entry.Key, $"'{name}' means nothing to {what}, such as '{id}'. Add 'agent' or 'prompt', or remove it.");
            }
        }
    }

    private static UnknownOutcomePolicy? Outcome(SourceMap map) => map.Text("on_unknown_outcome") switch
    {
        "fail" => UnknownOutcomePolicy.Fail,
        "retry" => UnknownOutcomePolicy.Retry,
        "ask" => UnknownOutcomePolicy.Ask,
        _ => null,
    };
}
