using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Shapes;
using Weft.Language.Source;
using static Weft.Language.Shapes.Of;

namespace Weft.Language.Loading;

/// <summary>Basic tasks: an agent, a tool, a prompt, or nothing.</summary>
internal static class BasicForm
{
    public static readonly TaskForm Form = new("basic", Keys, Bind);

    private static readonly string[] OnlyForAgents =
        ["action", "prompt", "system_prompt", "model_config", "tools", "mcps", "memory", "max_iterations", "model_profile"];

    private static readonly ObjectShape Config = new("basic_task_config", "a task's config", () =>
        [.. OptionShapes.Keys, .. CommonShapes.Config.Keys]);

    private static IEnumerable<Key> Keys() =>
    [
        Key("agent", Either(Text, CommonShapes.Agent), "The agent that works on it."),
        Key("tool", Either(Text, CommonShapes.Tool), "The one tool it calls, without a model."),
        Key("action", Text, "The agent's action."),
        Key("prompt", Template, "What is asked: besides the action, or by itself."),
        Key("system_prompt", Template, "Who the agent is, here.").Or("instructions"),
        Key("model_config", CommonShapes.ModelPart, "A model written out."),
        Key("config", Config, "Options, and how the agent works here."),
        Key("tools", new ListShape(Either(Text, AnyMap), orOne: true), "Tools for this task."),
        Key("mcps", new ListShape(Either(Text, AnyMap)), "MCP servers for this task."),
        Key("memory", CommonShapes.Memories, "Memories for this task."),
        Key("max_iterations", Whole(1, 100), "The most model calls of a reasoning loop."),
        Key("model_profile", Text, "`fast`, `balanced`, `powerful`, `custom`, or a name from `llm_profiles`."),
        Key("on_unknown_outcome", Word("fail", "retry", "ask"),
            "What to do about a tool call that may or may not have taken effect.", "fail"),
        Key("knowledge", Any, "Knowledge that is searched for the prompt."),
        Key("attachments", Any, "Files that go along."),
    ];

    private static BasicTask Bind(TaskLoader loader, TaskSource it)
    {
        var (map, id) = (it.Map, it.Id);
        var agent = map.Find("agent");
        var tool = map.Find("tool");
        if (agent is not null && tool is not null)
        {
            loader.Bag.Error(
                DiagnosticCodes.Exclusive,
                tool.Value.Key,
                $"The task '{id}' has 'agent' and 'tool'. A task does one thing; make two tasks.");
        }

        if (tool is not null && agent is null)
        {
            RefuseForAgents(loader, map, id, "a task that calls a tool");
            var call = new ToolStep
            {
                Tool = loader.Library.ToolName(map.Value("tool")) ?? "",
                OnUnknownOutcome = Outcome(map) ?? UnknownOutcomePolicy.Fail,
            };
            return new BasicTask { Id = id, Step = call };
        }

        if (agent is null && map.Value("prompt") is null)
        {
            if (map.Find("action") is { } action)
            {
                loader.Bag.Error(DiagnosticCodes.NothingAsked, action.Key, $"The task '{id}' names an action, but no agent. Add 'agent'.");
            }
            else
            {
                RefuseForAgents(loader, map, id, "a task without an agent");
            }

            return new BasicTask { Id = id, Step = new TransformStep() };
        }

        return new BasicTask { Id = id, Step = AgentStep(loader, map, id, agent is not null) };
    }

    private static AgentStep AgentStep(TaskLoader loader, SourceMap map, string id, bool hasAgent)
    {
        // Without a config, a form that is written as `output_schema` is the agent's, too: definitions are stored with it.
        var config = map.Map("config") is { } written ? loader.Library.Config(Joined(map, written), id)
            : loader.Library.Config(map, id) with { OutputSchema = loader.Library.Schema(map.Written, "output_schema") };
        if (map.Value("model_config") is SourceMap model && loader.Library.ModelName(model, id) is { } name)
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
            config = config with { Models = [loader.Library.CheckedModel(one)] };
        }

        var step = new AgentStep
        {
            Agent = hasAgent ? loader.Library.AgentName(map.Value("agent"), id) ?? "" : loader.Library.AddPlainAgent($"{id}-llm", map),
            Action = map.Text("action"),
            Prompt = map.Text("prompt"),
            SystemPrompt = map.Text("system_prompt"),
            Config = config with { OnUnknownOutcome = Outcome(map) ?? config.OnUnknownOutcome },
        };
        AgentUse.Check(loader.Context, loader.Library, step, map, $"The task '{id}'");
        return step;
    }

    /// <summary>A task's own keys of an agent's work, over those of its config.</summary>
    private static SourceMap Joined(SourceMap map, SourceMap config)
    {
        var own = map.Entries.Where(e => e.Name is "tools" or "mcps" or "memory" or "max_iterations" or "model_profile").ToList();
        var rest = config.Entries.Where(e => own.TrueForAll(o => o.Name != e.Name));
        return new SourceMap(map.File, map.Line, map.Column, [.. own, .. rest]);
    }

    private static void RefuseForAgents(TaskLoader loader, SourceMap map, string id, string what)
    {
        foreach (var name in OnlyForAgents)
        {
            if (map.Find(name) is { } entry)
            {
                loader.Bag.Error(
                    DiagnosticCodes.WrongTaskType,
                    entry.Key,
                    $"'{entry.Key.Text}' means nothing to {what}, such as '{id}'. Add 'agent' or 'prompt', or remove it.");
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
