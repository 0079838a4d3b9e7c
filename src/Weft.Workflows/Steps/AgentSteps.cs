using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Language.Expressions.Values;
using Weft.Language.Schemas;
using Weft.Workflows.Agents;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using Weft.Workflows.Execution;

namespace Weft.Workflows.Steps;

/// <summary>Lets agents work: gathers what they may know, renders their prompts, and runs them, in place or as children.</summary>
internal sealed class AgentSteps(WorkflowRun run)
{
    private readonly AgentMemory _memory = new(run);
    private readonly OutcomeQuestion _question = new(run);

    /// <summary>The time limit that a registered agent's card states.</summary>
    public TimeSpan? TimeoutOf(Step step) =>
        step is AgentStep agent && run.Workflow.Agent(agent.Agent) is null && run.Loaded.Agents.TryGetValue(agent.Agent, out var card)
            && card.TimeoutSeconds > 0
            ? TimeSpan.FromSeconds(card.TimeoutSeconds) : null;

    public async Task<StepOutcome> RunAsync(StepJob job, AgentStep step, string key, CancellationToken cancellationToken)
    {
        var warnings = new List<string>();
        var agent = AgentResolver.Resolve(run, job.NodeId, step, warnings);
        var scope = run.StepScope(job.NodeId) with { Agent = agent.Name, Env = job.Env };
        var outcome = new StepOutcome(null, null) { Agent = agent.Name, AgentType = agent.Type, Warnings = warnings };
        try
        {
            scope = scope with { Env = await EnvAsync(job, agent, scope, cancellationToken) };
            var with = await InputAsync(job, agent, scope, cancellationToken);
            if (agent.InputSchema is { } schema && JsonSchemaValidator.Validate(schema, with) is { Count: > 0 } faults)
            {
                return outcome with
                {
                    Failure = new FailureDetails(
                        "invalid_input",
                        $"Node '{job.NodeId}': the input of '{agent.Name}' does not fit its schema: {string.Join("; ", faults.Take(5))}",
                        NonRetryable: true),
                };
            }

            var locals = Locals(job, with);
            var frame = run.Scope.Frame(job.Predecessors, locals);
            var memories = await _memory.ReadAsync(agent, scope, key, frame, locals, warnings, cancellationToken);
            frame = run.Scope.Frame(job.Predecessors, locals);
            var input = await ComposeAsync(job, agent, scope, key, frame, with, warnings, cancellationToken);
            input = input with { Context = Joined(input.Context, _memory.Unread(agent, locals)) };
            var result = await StartAsync(input, key, cancellationToken);
            var output = result.Failure is null ? await FitAsync(result.Output, scope, cancellationToken) : null;
            if (result.Failure is null)
            {
                await _memory.WriteAsync(memories, scope, key, input.Prompt, output, warnings, cancellationToken);
            }

            return outcome with { Output = output, Failure = result.Failure, Usage = result.Usage };
        }
        catch (WeftException exception)
        {
            return outcome with { Failure = StepOutcome.Of(exception).Failure };
        }
    }

    private Task<IReadOnlyDictionary<string, string>?> EnvAsync(
        StepJob job, ResolvedAgent agent, StepScope scope, CancellationToken cancellationToken) =>
        run.EnvAsync(agent.Env, job.Env, () => run.Scope.Frame(job.Predecessors, job.Locals), scope, cancellationToken);

    /// <summary>The step's input over what the agent and its action bring along.</summary>
    private async Task<JsonNode?> InputAsync(StepJob job, ResolvedAgent agent, StepScope scope, CancellationToken cancellationToken)
    {
        if (agent.Defaults.Count == 0 || job.With is not (null or JsonObject))
        {
            return job.With;
        }

        var merged = new JsonObject();
        foreach (var layer in agent.Defaults)
        {
            var rendered = await run.Rendering.DataAsync(layer, run.Scope.Frame(job.Predecessors, job.Locals), scope, cancellationToken);
            merged.Lay(rendered as JsonObject);
        }

        return merged.Lay(job.With as JsonObject);
    }

    private async Task<RunAgentInput> ComposeAsync(
        StepJob job, ResolvedAgent agent, StepScope scope, string key, ExpressionScope frame, JsonNode? with, List<string> warnings,
        CancellationToken cancellationToken)
    {
        var entities = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var app in agent.Tools.Select(x => x.App).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            entities[app] = EntityChoice.Of(run, app, warnings);
        }

        var system = agent.SystemPrompt is { Length: > 0 } text
            ? ModelText.Inline(await run.Rendering.PromptAsync(text, frame, scope, warnings, cancellationToken))
                ?? throw new WeftException(
                    "system_prompt_too_long", Fault.Invalid,
                    $"Node '{job.NodeId}': the system prompt of '{agent.Name}' renders to more than 16 KiB. Put the data into the "
                    + $"prompt, and keep instructions short.")
            : null;
        var prompt = agent.Prompt is { Length: > 0 } asked
            ? await run.Rendering.PromptAsync(asked, frame, scope, warnings, cancellationToken)
            : await run.Rendering.StoreAsync(
                $"{(agent.Action is { } action ? $"Do this: {action}\n\n" : "")}Work on this "
                + $"input:\n```json\n{(with ?? run.Fields).ToJsonString(WeftJson.Indented)}\n```", scope, cancellationToken);
        var input = new RunAgentInput
        {
            Scope = scope,
            RunKey = key,
            Type = agent.Type,
            SystemPrompt = system,
            Prompt = prompt ?? "",
            Context = AgentKinds.Of(agent.Type).PromptAlone || agent.Prompt is not { Length: > 0 } ? null
                : job.Context ?? with as JsonObject,
            Config = agent.Config,
            Tools = agent.Tools,
            Entities = entities,
            Profile = agent.Profile,
            ModelAttempts = run.Definition.Models.Where(x => x.RetryAttempts is not null).ToDictionary(
                x => x.Name, x => x.RetryAttempts!.Value + 1, StringComparer.Ordinal), // Where says so
            PreferredModels = agent.PreferredModels,
            CostControls = run.Definition.CostControls,
            CallTimeout = job.Policy.AttemptTimeout ?? run.Definition.Defaults.AttemptTimeout,
            Sandbox = run.Loaded.Sandbox,
            RoutesWithCall = run.Loaded.RoutesWithCall,
        };
        return AgentKinds.Of(agent.Type).LeadsOthers
            ? input with { Delegates = await DelegatesAsync(job, agent, key, frame, warnings, cancellationToken) }
            : input;
    }

    private async Task<IReadOnlyList<DelegateAgent>> DelegatesAsync(
        StepJob job, ResolvedAgent supervisor, string key, ExpressionScope frame, List<string> warnings,
        CancellationToken cancellationToken)
    {
        var delegates = new List<DelegateAgent>();
        foreach (var name in supervisor.Config.Supervisor?.Agents ?? [])
        {
            var agent = AgentResolver.Resolve(run, job.NodeId, new AgentStep { Agent = name, Prompt = "-" }, warnings);
            if (AgentKinds.Of(agent.Type).LeadsOthers)
            {
                throw new WeftException(
                    "nested_supervisor", Fault.Invalid,
                    $"Node '{job.NodeId}': the supervisor '{supervisor.Name}' cannot hand work to '{name}', which supervises itself.");
            }

            var scope = run.StepScope(job.NodeId) with { Agent = name };
            scope = scope with { Env = await EnvAsync(job, agent, scope, cancellationToken) };
            var composed = await ComposeAsync(
                job with { Context = null }, agent with { Prompt = "-" }, scope, $"{key}/{name}", frame, null, warnings, cancellationToken);
            delegates.Add(new DelegateAgent(name, agent.Description, composed) { Timeout = agent.CardTimeout });
            if (agent.Memory.Count > 0 || agent.Config.ContextSources.Count > 0)
            {
                warnings.Add(
                    $"'{name}' works without its memories and context sources here: the supervisor '{supervisor.Name}' tells it what it "
                    + $"needs.");
            }
        }

        return delegates;
    }

    private Task<AgentResult> StartAsync(RunAgentInput input, string key, CancellationToken cancellationToken) =>
        AgentKinds.Of(input.Type).RunsInline
            ? AgentRun.RunAsync(run.Context, input, cancellationToken)
            : _question.RelayAsync(
                input.Scope.NodeId, input, () => AgentRun.StartAsync(run.Context, input, key, cancellationToken), cancellationToken);

    /// <summary>An output that a history can carry: of one that is too large, the account of its steps is stored apart first.</summary>
    private async Task<JsonNode?> FitAsync(JsonNode? output, StepScope scope, CancellationToken cancellationToken)
    {
        foreach (var name in new[] { "reasoning_chain", "steps" })
        {
            if (output is JsonObject members && members[name] is JsonArray account && Rendering.IsLarge(output))
            {
                members[name] = (await run.Rendering.StoreAsync(account.DeepClone(), scope, cancellationToken))?.DeepClone();
            }
        }

        return output;
    }

    /// <summary>What the prompt sees at its place: the input as a whole and by field, and each app's entity.</summary>
    private JsonObject Locals(StepJob job, JsonNode? with)
    {
        var locals = job.Locals.DeepClone().AsObject().Lay(with as JsonObject);
        if (with is not null)
        {
            locals["with"] = with.DeepClone();
        }

        if (run.Definition.Dialect == Dialect.Tasks && with is not null)
        {
            locals["input"] = with.DeepClone();
        }

        foreach (var app in run.Definition.ComposioApps)
        {
            var name = $"{app.Name}_entity_id";
            if (!locals.ContainsKey(name))
            {
                locals[name] = EntityChoice.Of(run, app.Name, []);
            }
        }

        return locals;
    }

    private static JsonObject? Joined(JsonObject? context, JsonObject more) =>
        more.Count == 0 ? context : (context?.DeepClone().AsObject() ?? []).Lay(more);
}
