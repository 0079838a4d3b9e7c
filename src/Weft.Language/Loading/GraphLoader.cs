using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Source;

namespace Weft.Language.Loading;

/// <summary>Builds the body of the graph dialect.</summary>
internal sealed class GraphLoader(LoadContext context, Library library)
{
    private const string TextCondition = "jmespath";
    private static readonly string[] Reserved = [GraphBody.End, "input", "context", "output", "env", "workflow", "error"];

    public GraphBody Load(SourceMap workflow)
    {
        var ids = new Dictionary<string, SourceNode>();
        var nodes = new List<(GraphNode Node, SourceMap Map)>();
        foreach (var map in workflow.Maps("nodes"))
        {
            if (map.Scalar("id") is not { } id || !Library.Claim(ids, id, "node", context.Bag))
            {
                continue;
            }

            if (Reserved.Contains(id.Text))
            {
                context.Bag.Error(DiagnosticCodes.BadId, id,
                    $"A node cannot be called '{id.Text}': the word means something else in conditions and templates.");
            }

            nodes.Add((Node(map, id.Text), map));
            if (nodes.Count == LoadLimits.MaxSteps + 1)
            {
                context.Bag.Error(DiagnosticCodes.TooManySteps, map,
                    $"The graph has more than {LoadLimits.MaxSteps:N0} nodes. Split it into workflows that call each other.");
            }
        }

        var edges = workflow.Maps("edges").Select(m => (Edge: Edge(m), Map: m)).Where(e => e.Edge is not null).ToList();
        var check = new GraphCheck(context, nodes, [.. edges.Select(e => (e.Edge!, e.Map))], ids);
        check.Run();
        return new GraphBody([.. nodes.Select(n => n.Node)], [.. edges.Select(e => e.Edge!)]);
    }

    private static GraphEdge? Edge(SourceMap map) =>
        map.Text("from") is { } from && map.Text("to") is { } to
            ? new GraphEdge(from, string.Equals(to, GraphBody.End, StringComparison.OrdinalIgnoreCase) ? GraphBody.End : to,
                map.Condition(TextCondition, "condition"), map.Span)
            : null;

    private GraphNode Node(SourceMap map, string id) => new()
    {
        Id = id,
        Step = Step(map, id),
        Condition = map.Condition(TextCondition, "condition"),
        Outputs = map.Json("outputs"),
        Policy = new StepPolicy
        {
            Retry = Sections.Retry(map, "retry"),
            Timeout = map.Duration("timeout"),
            AttemptTimeout = map.Duration("attempt_timeout"),
        },
        OnError = OnError(map),
        Source = map.Span,
    };

    private Step Step(SourceMap map, string id)
    {
        var kinds = new[] { ("agent", map.Find("agent")), ("tool", map.Find("tool")), ("transform", map.Find("transform")),
            ("workflow", map.Find("workflow")) }
            .Where(k => k.Item2 is { Value: not SourceScalar { IsNull: true } })
            .ToList();
        var type = map.Text("type");
        if (kinds.Count > 1)
        {
            context.Bag.Error(DiagnosticCodes.Exclusive, kinds[1].Item2!.Value.Key,
                $"The node '{id}' has '{kinds[0].Item1}' and '{kinds[1].Item1}'. A node does one thing; make two nodes.");
        }
        else if (kinds.Count == 0 && type is not "transform")
        {
            context.Bag.Error(
                DiagnosticCodes.NoWork, map, $"The node '{id}' does nothing. Give it 'agent', 'tool', 'transform' or 'workflow'.");
        }
        else if (type is not null && kinds.Count == 1 && kinds[0].Item1 != type)
        {
            context.Bag.Error(
                DiagnosticCodes.Exclusive, map.Value("type")!, $"The node '{id}' is of the type '{type}', but has '{kinds[0].Item1}'.");
        }

        var kind = kinds.Count > 0 ? kinds[0].Item1 : "transform";
        CheckOnlyForAgents(map, id, kind);
        if (kind is "transform" or "workflow")
        {
            Sections.WarnOfAttemptTimeout(map, null, context.Bag);
        }

        var with = map.Json("with");
        return kind switch
        {
            "agent" => AgentStep(map, id) with { With = with },
            "tool" => new ToolStep { Tool = library.ToolName(map.Value("tool")) ?? "", With = with, OnUnknownOutcome = Outcome(map) },
            "workflow" => new SubWorkflowStep { WorkflowId = library.CheckedWorkflow(map.Scalar("workflow")), With = with },
            _ => new TransformStep { Value = map.Json("transform"), With = with },
        };
    }

    private AgentStep AgentStep(SourceMap map, string id)
    {
        var agent = library.AgentName(map.Value("agent"), id) ?? "";
        var prompts = new[] { map.Find("prompt_template"), map.Find("task"), map.Find("goal") }.OfType<SourceEntry>().ToList();
        if (prompts.Count > 1)
        {
            context.Bag.Error(DiagnosticCodes.Exclusive, prompts[1].Key,
                $"'{prompts[1].Key.Text}' and '{prompts[0].Key.Text}' both say what the agent is asked. Keep one of them.");
        }

        var written = map.Map("config");
        var config = written is null ? new AgentConfig() : library.Config(written, id);
        if (written?.Scalar("model") is { } model)
        {
            config = config with { Models = [library.CheckedModel(model)] };
            if (written.Has("models"))
            {
                context.Bag.Error(DiagnosticCodes.Exclusive, model, "'model' and 'models' say the same. Keep one of them.");
            }
        }

        var step = new AgentStep
        {
            Agent = agent,
            Action = map.Text("action"),
            Prompt = (prompts.Count > 0 ? prompts[0].Value as SourceScalar : null)?.Text,
            SystemPrompt = map.Text("system_prompt"),
            Config = config with { OnUnknownOutcome = map.Has("on_unknown_outcome") ? Outcome(map) : config.OnUnknownOutcome },
        };
        AgentUse.Check(context, library, step, map, $"The node '{id}'");
        return step;
    }

    private static UnknownOutcomePolicy Outcome(SourceMap map) =>
        map.Text("on_unknown_outcome") switch { "retry" => UnknownOutcomePolicy.Retry, "ask" => UnknownOutcomePolicy.Ask,
            _ => UnknownOutcomePolicy.Fail };

    private void CheckOnlyForAgents(SourceMap map, string id, string kind)
    {
        if (kind == "agent")
        {
            return;
        }

        foreach (var name in new[] { "config", "prompt_template", "task", "goal", "action", "system_prompt" })
        {
            if (map.Find(name) is { } entry)
            {
                context.Bag.Error(DiagnosticCodes.UnknownKey, entry.Key,
                    $"'{entry.Key.Text}' means nothing at the node '{id}': only an agent can be told that. Add 'agent', or remove it.");
            }
        }
    }

    private static NodeErrorPolicy? OnError(SourceMap map)
    {
        switch (map.Value("on_error"))
        {
            case SourceScalar { Text: "continue" }:
                return new NodeErrorPolicy(NodeErrorAction.Continue);
            case SourceMap policy:
                var next = policy.Text("next");
                var action = policy.Text("action") ?? (next is not null ? "route" : policy.Has("output") ? "continue" : "fail");
                return action switch
                {
                    "route" => new NodeErrorPolicy(NodeErrorAction.Route, next),
                    "continue" => new NodeErrorPolicy(NodeErrorAction.Continue, null, policy.Json("output")),
                    _ => null,
                };
            default:
                return null;
        }
    }
}
