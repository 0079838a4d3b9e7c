using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weft.Agents.Payloads;
using Weft.Agents.Tools;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Runtime.Cards;
using Weft.Runtime.Records;
using Weft.Runtime.Registry;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Runtime.Executions;

/// <summary>Takes the snapshot that an execution runs on, and records that it has begun. Delivered again, it changes nothing.</summary>
internal sealed class LoadWorkflow(
    WorkflowRegistry workflows,
    AgentRegistry agents,
    ExecutionRecords records,
    ToolRegistry tools,
    ContextStore contexts,
    IOptions<ExecutionOptions> options,
    ILogger<LoadWorkflow> logger) : IActivity<LoadWorkflowRequest, LoadedWorkflow>
{
    /// <inheritdoc/>
    public async Task<LoadedWorkflow> RunAsync(ActivityContext context, LoadWorkflowRequest input, CancellationToken cancellationToken)
    {
        var run = input.Run;
        if (run.Depth > options.Value.MaxDepth)
        {
            throw new ActivityException(
                "workflow_too_deep",
                Fault.Invalid,
                $"Workflow '{run.WorkflowId}' would run at depth {run.Depth}; "
                + $"{ExecutionOptions.Section}:{nameof(ExecutionOptions.MaxDepth)} allows {options.Value.MaxDepth}. Does a workflow "
                + $"start itself?");
        }

        var (contentHash, stored) = await PinnedAsync(input, cancellationToken);
        await records.BeginAsync(Running(input, stored.Definition), run with { ContentHash = contentHash }, cancellationToken);

        var warnings = new List<string>();
        var cards = await CardsAsync(stored.Definition, warnings, cancellationToken);
        var specs = WorkflowSteps.Split(WorkflowSteps.AgentToolSpecs(stored.Definition).Concat(cards.Values.SelectMany(c => c.Tools)));
        var resolved = await tools.ResolveSpecsAsync(specs, stored.Definition, cancellationToken);
        warnings.AddRange(resolved.Warnings);
        foreach (var warning in warnings)
        {
            logger.LoadedWithWarning(input.ExecutionId, warning);
        }

        var meant = resolved.Tools.ToDictionary(StringComparer.Ordinal);
        foreach (var (name, tool) in tools.ActingForNobody(WorkflowSteps.StepTools(stored.Definition)))
        {
            meant.TryAdd(name, tool);
        }

        var loaded = new LoadedWorkflow(
            stored.Packed, cards, options.Value.Sandbox)
        {
            ContentHash = contentHash,
            Tools = meant,
            Warnings = warnings,
            RoutesWithCall = true,
        };
        return run is { RerunOf: { } earlier, RerunFrom: { } from }
            ? await AdoptAsync(loaded, stored.Definition, earlier, from, cancellationToken) : loaded;
    }

    // A run that pins nothing gets the latest; a second delivery gets what the first one recorded.
    private async Task<(string ContentHash, CachedDefinition Stored)> PinnedAsync(
        LoadWorkflowRequest input, CancellationToken cancellationToken)
    {
        var contentHash = input.Run.ContentHash;
        if (contentHash.Length == 0)
        {
            contentHash = (await records.FindAsync(input.ExecutionId, cancellationToken))?.ContentHash ?? "";
        }

        if (contentHash.Length == 0)
        {
            if (await workflows.FindAsync(input.Run.WorkflowId, cancellationToken) is not { } latest)
            {
                var unknown = await workflows.UnknownAsync(input.Run.WorkflowId, cancellationToken);
                throw new ActivityException(unknown.Code, unknown.Fault with { Retryable = false }, unknown.Message);
            }

            contentHash = latest.Version.ContentHash;
        }

        var stored = await workflows.ReadAsync(contentHash, cancellationToken) ?? throw new ActivityException(
            "definition_missing",
            Fault.Conflict,
            $"Execution '{input.ExecutionId}' is pinned to the definition {contentHash} of workflow '{input.Run.WorkflowId}', which is "
            + $"not in this data store. Was the data folder or the account changed?");
        return (contentHash, stored);
    }

    private async Task<IReadOnlyDictionary<string, AgentCard>> CardsAsync(
        WorkflowDefinition definition, List<string> warnings, CancellationToken cancellationToken)
    {
        var cards = new Dictionary<string, AgentCard>(StringComparer.Ordinal);
        foreach (var name in WorkflowSteps.OutsideAgents(definition))
        {
            try
            {
                var (card, warning) = await agents.ResolveAsync(name, cancellationToken);
                cards[name] = card;
                if (warning is not null)
                {
                    warnings.Add(warning);
                }
            }
            catch (WeftException unknown)
            {
                throw new ActivityException(unknown.Code, unknown.Fault with { Retryable = false }, unknown.Message);
            }
        }

        return cards;
    }

    private async Task<LoadedWorkflow> AdoptAsync(
        LoadedWorkflow loaded, WorkflowDefinition definition, string earlier, string from, CancellationToken cancellationToken)
    {
        if ((await records.FindAsync(earlier, cancellationToken))?.Document is not { } document)
        {
            throw new ActivityException(
                "execution_not_found", Fault.NotFound, $"The execution '{earlier}' that this one repeats has no record of its end.");
        }

        var (traces, outputs) = RerunPlan.Adopt(definition, document, from);
        var offloaded = new JsonObject();
        foreach (var (name, output) in outputs)
        {
            // The output is offloaded, not its wrapping: a stand-in has to stand where the value stood.
            var part = await contexts.OffloadAsync((output as JsonObject)?["output"], cancellationToken);
            offloaded[name] = new JsonObject { ["output"] = part?.DeepClone() };
        }

        return loaded with { Adopted = traces, AdoptedOutputs = offloaded };
    }

    private ExecutionDocument Running(LoadWorkflowRequest input, WorkflowDefinition definition) => new()
    {
        ExecutionId = input.ExecutionId,
        WorkflowId = input.Run.WorkflowId,
        WorkflowVersion = definition.Version,
        Status = ExecutionStatus.Running,
        StartedAt = input.StartedAt,
        Sandbox = options.Value.Sandbox,
        Input = input.Run.Input,
        ParentExecutionId = input.Run.ParentExecutionId,
    };
}
