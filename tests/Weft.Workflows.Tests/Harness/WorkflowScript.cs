using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Language.Expressions;
using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;
using Weft.Language.Loading;
using Weft.Language.Schemas;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Workflows.Tests.Harness;

/// <summary>A workflow with scripted models and tools around it, run on the replaying harness.</summary>
internal sealed class WorkflowScript
{
    private readonly Dictionary<string, Func<JsonObject, ToolOutcome>> _tools = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AgentCard> _cards = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WorkflowDefinition> _definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonNode?> _stored = new(StringComparer.Ordinal);
    private readonly List<RankedModel> _ranking = [new("gpt-4", "openai", "gpt-4", 1, 0.01, 1000)];
    private readonly string _id;
    private Func<CallModelRequest, ModelOutcome> _model = _ => throw new InvalidOperationException("This test scripts no model.");
    private LoadedWorkflow _adopted = new("", new Dictionary<string, AgentCard>(), false) { RoutesWithCall = true };

    private WorkflowScript(string yaml, int? seed)
    {
        Harness = new ReplayHarness(seed);
        _id = Define(yaml);
        Harness
            .On<LoadWorkflowRequest, LoadedWorkflow>(StepNames.LoadWorkflow, Load)
            .On<RouteModelRequest, RoutingDecision>(StepNames.RouteModel, Route)
            .On<CallModelRequest, ModelOutcome>(StepNames.CallModel, CallModel)
            .On<CallToolRequest, ToolOutcome>(StepNames.CallTool, CallTool)
            .On<EvaluateRequest, EvaluateResult>(StepNames.Evaluate, Evaluate)
            .On<MemoryRequest, MemoryResult>(StepNames.ReadMemory, x => Memory(x))
            .On<MemoryRequest, MemoryResult>(StepNames.WriteMemory, x => Memory(x))
            .On<DispatchSignalRequest, DispatchedSignal>(StepNames.DispatchSignal, x => new DispatchedSignal([$"started-by-{x.Signal}"]));
    }

    public ReplayHarness Harness { get; }

    /// <summary>Every ranking that was asked for, by a call or apart.</summary>
    public List<RouteModelRequest> Routes { get; } = [];

    public Func<MemoryRequest, MemoryResult> Memory { get; set; } =
        _ => new MemoryResult(new JsonObject { ["messages"] = new JsonArray() });

    /// <summary>The document of the last run's root.</summary>
    public ExecutionDocument Document => Harness.Documents[^1];

    public static WorkflowScript Of(string yaml, int? seed = null) => new(yaml, seed);

    /// <summary>Adds a workflow that others may run. Answers its id.</summary>
    public string Define(string yaml)
    {
        var loaded = WorkflowLoader.Load(yaml, "test.yaml");
        Assert.True(loaded.Definition is not null, string.Join('\n', loaded.Diagnostics));
        _definitions[loaded.Definition!.Id] = loaded.Definition;
        return loaded.Definition.Id;
    }

    public WorkflowScript With(string yaml)
    {
        Define(yaml);
        return this;
    }

    public WorkflowScript Model(Func<CallModelRequest, ModelOutcome> model)
    {
        _model = model;
        return this;
    }

    public WorkflowScript Model(Func<CallModelRequest, string> model) => Model(x => Says(model(x)));

    public WorkflowScript Ranking(params string[] names)
    {
        _ranking.Clear();
        _ranking.AddRange(names.Select(x => new RankedModel(x, "openai", x, 1, 0.01, 1000)));
        return this;
    }

    /// <summary>Runs as builds did in which ranking was a step of its own.</summary>
    public WorkflowScript RoutesApart()
    {
        _adopted = _adopted with { RoutesWithCall = false };
        return this;
    }

    public WorkflowScript Tool(string name, Func<JsonObject, JsonNode?> tool)
    {
        _tools[name] = arguments => new ToolOutcome.Succeeded(Offload(tool(arguments)), 5);
        return this;
    }

    public WorkflowScript ToolOutcomes(string name, Func<JsonObject, ToolOutcome> tool)
    {
        _tools[name] = tool;
        return this;
    }

    public WorkflowScript Agent(string name, AgentType type, Func<AgentCard, AgentCard>? change = null)
    {
        var card = new AgentCard { Name = name, Type = type };
        _cards[name] = change?.Invoke(card) ?? card;
        return this;
    }

    public WorkflowScript Adopts(string nodeId, JsonNode output)
    {
        var traces = new Dictionary<string, NodeTrace>(
            _adopted.Adopted) { [nodeId] = new NodeTrace { NodeId = nodeId, Kind = "agent", Status = NodeStatus.Completed, CostUsd = 1 } };
        var outputs = _adopted.AdoptedOutputs?.DeepClone().AsObject() ?? [];
        outputs[nodeId] = new JsonObject { ["output"] = output };
        _adopted = _adopted with { Adopted = traces, AdoptedOutputs = outputs };
        return this;
    }

    public WorkflowScript Signal(string name, JsonNode? data, string instanceId = "exec-1")
    {
        Harness.Send(instanceId, StepNames.SignalEventName, new SignalEvent(name, data));
        return this;
    }

    public WorkflowResult Run(JsonObject? input = null, JsonObject? context = null) =>
        Harness.Run<WorkflowResult>(StepNames.RunWorkflow, new RunWorkflowInput(_id, "", input ?? [], context ?? []));

    public NodeTrace Trace(string nodeId) => Document.Trace.Nodes.Single(x => x.NodeId == nodeId);

    public static ModelOutcome Says(string text, double cost = 0.001) =>
        new ModelOutcome.Replied(new ChatTurn { Role = "assistant", Content = text }, "stop", new TokenUsage(10, 5), cost, 100);

    public static ModelOutcome Wants(params (string Tool, string Arguments)[] calls) => new ModelOutcome.Replied(
        new ChatTurn { Role = "assistant", Content = "let me see",
            ToolCalls = [.. calls.Select(
                (x, i) => new ToolInvocation($"call{i}", ToolReference.ModelNameOf(x.Tool), JsonNode.Parse(x.Arguments)!.AsObject()))] },
        "tool_calls",
        new TokenUsage(10, 5),
        0.001,
        100);

    public static ModelOutcome Fails(string kind, bool transient = false, bool mayTryOther = true, long? retryAfterMs = null) =>
        new ModelOutcome.Failed(new ModelFailure(kind, $"it was {kind}", mayTryOther, transient) { RetryAfterMs = retryAfterMs });

    public static string Text(ChatTurn turn) => turn.Content?.ToString() ?? "";

    public static string Prompt(CallModelRequest request) => Text(request.Messages.Last(x => x.Role == "user"));

    private RoutingDecision Route(RouteModelRequest request)
    {
        Routes.Add(request);
        return new RoutingDecision(_ranking, [], request.EstimatedTokens, "the test says so");
    }

    private ModelOutcome CallModel(CallModelRequest request)
    {
        if (request.Route is null)
        {
            return _model(request);
        }

        var decision = Route(request.Route);
        var model = decision.Ranked.FirstOrDefault(x => x.Name == request.StayWith) ?? decision.Ranked.FirstOrDefault();
        return model is null
            ? new ModelOutcome.Failed(new ModelFailure("not_found", "none", MayTryOther: true, Transient: false)) { Routing = decision }
            : _model(request with { Model = model }) with { Routing = decision };
    }

    private LoadedWorkflow Load(LoadWorkflowRequest request)
    {
        if (!_definitions.TryGetValue(request.Run.WorkflowId, out var definition))
        {
            throw new ActivityException("unknown_workflow", Fault.NotFound, $"There is no workflow '{request.Run.WorkflowId}'.");
        }

        var references =
            _tools.Keys.Select(x => new ToolReference(x, x.Contains('.') ? x[..x.IndexOf('.')] : null, x.Contains(".get_"))).ToList();
        var specs = references.ToDictionary(x => x.Name, x => (IReadOnlyList<ToolReference>)[x]);
        foreach (var app in references.Where(x => x.App is not null).GroupBy(x => x.App))
        {
            specs[$"{app.Key}.*"] = [.. app];
        }

        return _adopted with { DefinitionJson = WorkflowDefinitionJson.Serialize(definition), Agents = _cards,
            ContentHash = ContentHash.Of(definition), Tools = specs };
    }

    private ToolOutcome CallTool(CallToolRequest request) => _tools.TryGetValue(request.Tool, out var tool)
        ? tool(request.Arguments)
        : new ToolOutcome.Failed(new ToolFailure("unknown_tool", $"There is no tool '{request.Tool}'.", Retryable: false), 1);

    private EvaluateResult Evaluate(EvaluateRequest request)
    {
        var scope = ExpressionScope.Of(Fetch(request.Values)!.AsObject(), new ExpressionServices
        {
            UtcNow = () => request.Now,
            CallTool = (names, arguments) => $"{string.Join('.', names)}({string.Join(',', arguments)})",
        });
        if (request.Condition is { } condition)
        {
            return new EvaluateResult(CompiledCondition.Parse(condition.Type, condition.Expression).Evaluate(scope), []);
        }

        var value = Render(request.Template, scope, request.Strict ? TemplateOptions.Strict : TemplateOptions.Lenient);
        if (request.ReadJson)
        {
            var read = StructuredText.Read(value!.GetValue<string>(), request.Schema);
            return new EvaluateResult(Offload(read.Value), []) { Faults = read.Faults };
        }

        return request.StoreEachItem && value is JsonArray items
            ? new EvaluateResult(new JsonArray([.. items.Select(x => Offload(x)?.DeepClone())]), [])
            : new EvaluateResult(Offload(value), []);
    }

    private static JsonNode? Render(JsonNode? template, ExpressionScope scope, TemplateOptions options) => template switch
    {
        JsonObject members => new JsonObject(members.Select(x => KeyValuePair.Create(x.Key, Render(x.Value, scope, options)))),
        JsonArray items => new JsonArray([.. items.Select(x => Render(x, scope, options))]),
        JsonValue value when value.TryGetValue<string>(out var text) => Template.Parse(text).Evaluate(scope, options).Value,
        _ => template?.DeepClone(),
    };

    private JsonNode? Offload(JsonNode? value)
    {
        var json = value?.ToJsonString(WeftJson.Options) ?? "null";
        if (json.Length <= PayloadReference.InlineLimit || PayloadReference.HashOf(value) is not null)
        {
            return value;
        }

        var hash = "sha256:"
            + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(json)));
        _stored[hash] = value!.DeepClone();
        return PayloadReference.Create(hash, json.Length, json[..200]);
    }

    private JsonNode? Fetch(JsonNode? value) => PayloadReference.HashOf(value) is { } hash ? Fetch(_stored[hash]) : value switch
    {
        JsonObject members => new JsonObject(members.Select(x => KeyValuePair.Create(x.Key, Fetch(x.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Fetch)]),
        _ => value?.DeepClone(),
    };
}
