using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Language.Expressions.Values;
using Weft.Language.Schemas;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Workflows.Execution;

/// <summary>What all parts of one running execution share.</summary>
internal sealed class WorkflowRun
{
    /// <summary>The most levels of workflows that run workflows.</summary>
    public const int DeepestNesting = 20;

    public WorkflowRun(IOrchestrationContext context, RunWorkflowInput input, LoadedWorkflow loaded, CompiledWorkflow workflow,
        DateTime startedAt, CancellationToken ended)
    {
        Context = context;
        Input = input;
        Loaded = loaded;
        Workflow = workflow;
        StartedAt = startedAt;
        Trace = new RunTrace(context);
        Rendering = new Rendering(context, workflow.Template, workflow.Condition, tools => EntityChoice.Of(this, tools));
        Signals = new SignalHub(context, ended);
        ContentHash = loaded.ContentHash.Length > 0 ? loaded.ContentHash : input.ContentHash;
        ConversationId = (input.Context["conversation_id"] ?? input.Input["conversation_id"])?.ToString();
        Fields = JsonSchemaValidator.WithDefaults(Definition.InputSchema, input.Input);
        Scope = new RunScope(Fields, input.Context, Identity(), Figures, new ExpressionServices
        {
            UtcNow = () => context.CurrentUtcDateTime,
            NewGuid = context.NewGuid,
            ValidateSchema = Validate,
        });
        foreach (var warning in loaded.Warnings)
        {
            Trace.Warn(warning);
        }
    }

    public IOrchestrationContext Context { get; }

    public RunWorkflowInput Input { get; }

    public LoadedWorkflow Loaded { get; }

    public CompiledWorkflow Workflow { get; }

    public WorkflowDefinition Definition => Workflow.Definition;

    public DateTime StartedAt { get; }

    /// <summary>Gets the most task runs of the execution.</summary>
    public required int MostTaskRuns { get; init; }

    public string ExecutionId => Context.InstanceId;

    public string ContentHash { get; }

    public string? ConversationId { get; }

    /// <summary>Gets the input, with the schema's defaults laid under it.</summary>
    public JsonObject Fields { get; }

    public RunScope Scope { get; }

    public RunTrace Trace { get; }

    public Rendering Rendering { get; }

    public SignalHub Signals { get; }

    public StepScope StepScope(string nodeId) =>
        new(ExecutionId, Input.WorkflowId, ContentHash, nodeId) { ConversationId = ConversationId };

    /// <summary>A place's environment entries, rendered in the order of their names, over those around it; null: none.</summary>
    /// <param name="own">The place's own, templated.</param>
    /// <param name="around">Those around it, rendered.</param>
    /// <param name="scope">What its templates see.</param>
    /// <param name="step">Whose they are.</param>
    /// <param name="cancellationToken">Gives up on an activity.</param>
    public async Task<IReadOnlyDictionary<string, string>?> EnvAsync(
        IReadOnlyDictionary<string, string> own, IReadOnlyDictionary<string, string>? around, Func<ExpressionScope> scope, StepScope step,
        CancellationToken cancellationToken)
    {
        if (own.Count == 0)
        {
            return around;
        }

        var env = around is null ? new Dictionary<string, string>(StringComparer.Ordinal)
            : new Dictionary<string, string>(around, StringComparer.Ordinal);
        foreach (var (name, text) in own.OrderBy(x => x.Key, StringComparer.Ordinal))
        {
            env[name] = await Rendering.TextAsync(text, scope(), step, cancellationToken);
        }

        return env;
    }

    /// <summary>Publishes how far the execution is. While history is replayed nobody looks, but hosts keep only the last one.</summary>
    public void Publish() => Context.SetCustomStatus(Trace.ToProgress(ExecutionStatus.Running));

    /// <summary>The failure of a run that costs more than it may; null when it does not.</summary>
    public FailureDetails? OverBudget() =>
        Definition.CostControls?.MaxCostPerExecution is { } most && Trace.TotalCostUsd > most
            ? new FailureDetails(
                "execution_cost_exceeded",
                $"The execution has cost {RunTrace.Round(Trace.TotalCostUsd)} USD, and may cost {most} USD "
                + $"(cost_controls.max_cost_per_execution). Raise the limit, or use cheaper models.",
                NonRetryable: true)
            : null;

    private IReadOnlyList<string> Validate(string name, JsonNode? value)
    {
        if (!Definition.Schemas.TryGetValue(name, out var schema))
        {
            throw new WeftException(
                "unknown_schema", Fault.NotFound,
                $"There is no schema '{name}'.{NearMiss.HintOrList(name, Definition.Schemas.Keys, "Known schemas")}");
        }

        return [.. JsonSchemaValidator.Validate(schema, value, Named).Select(x => x.ToString())];
    }

    private JsonObject? Named(string name) => Definition.Schemas.GetValueOrDefault(name);

    private JsonObject Identity() => new()
    {
        ["id"] = Definition.Id,
        ["name"] = Definition.Name ?? Definition.Id,
        ["version"] = Definition.Version,
        ["execution_id"] = ExecutionId,
        ["exec_id"] = ExecutionId,
        ["started_at"] = StartedAt.ToString("O"),
        ["input"] = Fields.DeepClone(),
        ["context"] = Input.Context.DeepClone(),
    };

    private JsonObject Figures()
    {
        var ended = Trace.Completed + Trace.Failed;
        return new JsonObject
        {
            ["status"] = "running",
            ["execution_time"] = (long)(Context.CurrentUtcDateTime - StartedAt).TotalMilliseconds,
            ["success_rate"] = ended == 0 ? 1.0 : (double)Trace.Completed / ended,
            ["cost_usd"] = RunTrace.Round(Trace.TotalCostUsd),
        };
    }
}
