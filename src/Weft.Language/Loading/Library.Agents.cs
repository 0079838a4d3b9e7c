using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Source;

namespace Weft.Language.Loading;

/// <summary>The agents.</summary>
internal sealed partial class Library
{
    private readonly List<AgentDefinition> _agents = [];
    private readonly Dictionary<string, SourceNode> _agentIds = [];
    private readonly Dictionary<SourceMap, string> _agentsBySource = new(SourceMap.ByText);

    public IReadOnlyList<AgentDefinition> Agents => _agents;

    /// <summary>One of the file's own agents; null: a registered one.</summary>
    public AgentDefinition? OwnAgent(string id) => _agents.Find(a => a.Id == id);

    /// <summary>The id of an agent: a text as it is; an agent written out under its id, or one made from it when that is taken.</summary>
    public string? AgentName(SourceNode? node, string owner)
    {
        switch (node)
        {
            case SourceScalar name:
                return CheckedAgent(name);
            case SourceMap map when _agentsBySource.TryGetValue(map, out var known):
                return known;
            case SourceMap map when map.Scalar("id") is { } id && IsSelector(map):
                return CheckedAgent(id);
            case SourceMap map:
                var wanted = map.Text("id") ?? $"{owner}-agent";
                var free = _agentIds.ContainsKey(wanted) ? $"{wanted}@{owner}" : wanted;
                return AddAgent(map, free, map);
            default:
                return null;
        }
    }

    /// <summary>An agent's name, checked against the file's agents, the project's and the registered ones.</summary>
    public string CheckedAgent(SourceScalar name)
    {
        if (_agentIds.ContainsKey(name.Text))
        {
            return name.Text;
        }

        if (_context.Options.Project?.Agents.FirstOrDefault(a => a.Id == name.Text) is { } global)
        {
            _agents.Add(global);
            _agentIds[name.Text] = name;
            foreach (var tool in global.Config.Tools)
            {
                CheckedSpec(tool, name);
            }

            return name.Text;
        }

        if (name.Text.Contains("{{", StringComparison.Ordinal))
        {
            Bag.Error(DiagnosticCodes.UnknownAgent, name,
                "An agent is named outright, not by a template. Use conditions or a router to choose among agents.");
            return name.Text;
        }

        if (_context.Options.KnownAgents is { } registered && !registered.Contains(name.Text))
        {
            var known = registered.Concat(_agentIds.Keys).Concat(_context.Options.Project?.Agents.Select(a => a.Id) ?? []).ToList();
            var near = NearMiss.HintOrList(name.Text, known, "Known agents");
            if (StandIn(name.Text) is { } builtIn)
            {
                Bag.Warn(DiagnosticCodes.UnknownAgent, name,
                    $"No agent is called '{name.Text}', so the built-in agent '{builtIn}' works in its "
                    + $"name.{NearMiss.Hint(name.Text, known)} Put a card to give it its own settings.");
            }
            else
            {
                ReportUnknown(DiagnosticCodes.UnknownAgent, name,
                    $"No agent is called '{name.Text}'.{near} Define it under 'agents', or register a card of that name.");
            }
        }

        return name.Text;
    }

    /// <summary>The built-in agent that a name asks for by its first word.</summary>
    private string? StandIn(string name) =>
        name.IndexOfAny(['_', '-']) is > 0 and var end ? _context.Options.StandInAgents.FirstOrDefault(a => a == name[..end]) : null;

    /// <summary>The id of the workflow that a step runs as a child.</summary>
    public string CheckedWorkflow(SourceScalar? id)
    {
        if (id is not null && _context.Options.KnownWorkflows is { } known && !known.Contains(id.Text)
            && !id.Text.Contains("{{", StringComparison.Ordinal))
        {
            Bag.WarnOf(
                id.Text,
                DiagnosticCodes.UnknownWorkflow,
                id.Span,
                $"No workflow has the id '{id.Text}'.{NearMiss.HintOrList(id.Text, known, "Known workflows")} The step fails unless it "
                + $"is registered by then.");
        }

        return id?.Text ?? "";
    }

    /// <summary>Adds an agent that nobody wrote: for a task that is a prompt alone.</summary>
    public string AddPlainAgent(string id, SourceNode at)
    {
        if (_agentIds.TryAdd(id, at))
        {
            _agents.Add(new AgentDefinition { Id = id });
        }

        return id;
    }

    /// <summary>How an agent works: the keys that nodes and agents share.</summary>
    public AgentConfig Config(SourceMap map, string owner)
    {
        var models = map.Items("models").OfType<SourceScalar>().Select(CheckedModel).ToList();
        return new AgentConfig
        {
            ModelProfile = Profile(map, "model_profile"),
            Models = models,
            MaxIterations = map.Int("max_iterations"),
            MaxRetries = map.Int("max_retries"),
            Temperature = map.Double("temperature"),
            MaxTokens = map.Int("max_tokens"),
            OutputSchema = Schema(map, "output_schema"),
            JsonMode = map.Bool("json_mode") ?? false,
            Tools = ToolSpecs(map, "tools"),
            ContextSources = map.Texts("context_sources"),
            MaxCostPerCall = map.Double("max_cost_per_call"),
            MaxLatencyMs = map.Int("max_latency_ms"),
            OnUnknownOutcome = map.Text("on_unknown_outcome") switch { "retry" => UnknownOutcomePolicy.Retry,
                "ask" => UnknownOutcomePolicy.Ask, _ => UnknownOutcomePolicy.Fail },
            Memory = Memory(map, "memory"),
            Supervisor = map.Map("supervisor") is { } s ? Supervisor(s, owner) : null,
        };
    }

    /// <summary>Uses of memories.</summary>
    public static IReadOnlyList<MemoryReference> Memory(SourceMap map, string key) =>
    [
        .. map.Items(key).Select(item => item switch
        {
            SourceScalar id => new MemoryReference(id.Text, null, ReadOnly: false),
            SourceMap m when m.Text("id") is { } id => new MemoryReference(id, m.Text("key"), m.Text("mode") == "read-only", Settings(m)),
            _ => null,
        }).OfType<MemoryReference>(),
    ];

    private static System.Text.Json.Nodes.JsonObject? Settings(SourceMap memory)
    {
        var settings = new System.Text.Json.Nodes.JsonObject();
        foreach (var name in new[] { "privacy", "limit" })
        {
            if (memory.Json(name) is { } value)
            {
                settings[name] = value;
            }
        }

        return settings.Count == 0 ? null : settings;
    }

    private SupervisorDefinition Supervisor(SourceMap map, string owner)
    {
        var agents = map.Items("agents").Select(a => AgentName(a, owner)).OfType<string>().ToList();
        return new SupervisorDefinition(agents, map.Text("strategy"), map.Int("max_rounds"));
    }

    private void ReadAgents()
    {
        // All ids first: a supervisor may name an agent that comes after it.
        var own = new List<(SourceMap Map, SourceScalar Id)>();
        foreach (var map in _context.Root.Maps("agents"))
        {
            if (map.Scalar("id") is { } id && Claim(_agentIds, id, "agent", Bag))
            {
                own.Add((map, id));
                _agentsBySource[map] = id.Text;
            }
        }

        foreach (var (map, id) in own)
        {
            AddAgent(map, id.Text, id);
        }
    }

    private string AddAgent(SourceMap map, string id, SourceNode at)
    {
        _agentIds.TryAdd(id, at);
        _agentsBySource[map] = id;
        var written = map.Value("model") ?? map.Value("config");
        var part = written as SourceMap;
        var config = Config(map, id);
        if (AgentKinds.Find(map.Text("type")) is { } type && AgentKinds.Of(type).LeadsOthers && config.Supervisor is null)
        {
            Bag.Error(DiagnosticCodes.Missing, map,
                $"The agent '{id}' is a supervisor, and needs 'supervisor' with the 'agents' that it leads.");
        }

        _agents.Add(new AgentDefinition
        {
            Id = id,
            Type = map.Text("type"),
            Description = map.Text("description"),
            Instructions = map.Text("instructions"),
            Model = ModelName(written, id),
            Config = config with
            {
                Temperature = config.Temperature ?? part?.Double("temperature") ?? part?.Map("params")?.Double("temperature"),
                MaxTokens = config.MaxTokens ?? part?.Int("max_tokens") ?? part?.Map("params")?.Int("max_tokens"),
                Memory = [],
            },
            Actions = Actions(map, id),
            Memory = config.Memory,
            With = map.JsonObject("with"),
            Env = map.TextMap("env"),
        });
        return id;
    }

    private List<AgentAction> Actions(SourceMap agent, string agentId)
    {
        var taken = new Dictionary<string, SourceNode>();
        var actions = new List<AgentAction>();
        foreach (var map in agent.Maps("actions"))
        {
            if (map.Scalar("id") is not { } id || map.Text("prompt") is not { } prompt || !Claim(taken, id, $"action of '{agentId}'", Bag))
            {
                continue;
            }

            actions.Add(new AgentAction
            {
                Id = id.Text,
                Prompt = prompt,
                JsonMode = map.Bool("json_mode") ?? false,
                InputSchema = Schema(map, "input"),
                OutputSchema = Schema(map, "output"),
                With = map.JsonObject("with"),
                Tools = ToolSpecs(map, "tools"),
            });
        }

        return actions;
    }
}
