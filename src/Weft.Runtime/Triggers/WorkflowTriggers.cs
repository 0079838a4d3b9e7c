using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Schemas;
using Weft.Runtime.Executions;
using Weft.Runtime.Records;
using Weft.Runtime.Registry;

namespace Weft.Runtime.Triggers;

/// <summary>Finds the workflows that something outside them starts.</summary>
public sealed class WorkflowTriggers(WorkflowRegistry workflows, ExecutionStarter starter)
{
    /// <summary>The registered workflows with a trigger of this type and name, by id.</summary>
    /// <param name="type">signal or webhook.</param>
    /// <param name="name">The signal's name, or the webhook's slug.</param>
    /// <param name="comparison">How names are compared.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<IReadOnlyList<TriggeredWorkflow>> FindAsync(
        string type, string name, StringComparison comparison, CancellationToken cancellationToken)
    {
        var found = new List<TriggeredWorkflow>();
        foreach (var version in await workflows.ListAsync(cancellationToken))
        {
            if (await workflows.GetAsync(version.ContentHash, cancellationToken) is { Triggers.Count: > 0 } definition
                && definition.Triggers.FirstOrDefault(t => t.Type == type && string.Equals(t.Name, name, comparison)) is { } trigger)
            {
                found.Add(new TriggeredWorkflow(version.Id, definition, trigger));
            }
        }

        return found;
    }

    /// <summary>Starts each of the workflows, once for each key.</summary>
    /// <param name="triggered">The workflows.</param>
    /// <param name="payload">What the trigger brings: an object is the input; anything else is its member <c>payload</c>.</param>
    /// <param name="origin">What started them, for whom, and the key of this delivery.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidInputException">Code <c>invalid_input</c>: the payload does not fit a trigger's or a workflow's
    /// schema.</exception>
    public async Task<IReadOnlyList<StartedExecution>> StartAsync(
        IReadOnlyList<TriggeredWorkflow> triggered, JsonNode? payload, TriggerOrigin origin, CancellationToken cancellationToken)
    {
        // All are checked before any is started: a payload that fits only some starts none.
        foreach (var workflow in triggered)
        {
            Check(workflow, payload);
        }

        var started = new List<StartedExecution>();
        foreach (var workflow in triggered)
        {
            var input = payload switch
            {
                null => [],
                JsonObject members => members.DeepClone().AsObject(),
                _ => new JsonObject { ["payload"] = payload.DeepClone() },
            };
            var start = new StartExecution(workflow.WorkflowId, input, origin.Context.DeepClone().AsObject())
            {
                IdempotencyKey = origin.Key,
                StartedBy = origin.StartedBy,
                ParentExecutionId = origin.ParentExecutionId,
                Depth = origin.Depth,
            };
            started.Add(await starter.StartAsync(start, cancellationToken));
        }

        return started;
    }

    private static void Check(TriggeredWorkflow workflow, JsonNode? payload)
    {
        if (workflow.Trigger.Schema is not { } schema)
        {
            return;
        }

        var faults = JsonSchemaValidator.Validate(schema, payload, x => workflow.Definition.Schemas.GetValueOrDefault(x));
        if (faults.Count > 0)
        {
            throw new InvalidInputException(
                "invalid_input",
                Fault.Invalid,
                $"The payload does not fit the schema of the trigger '{workflow.Trigger.Name}' of workflow '{workflow.WorkflowId}'.",
                [.. faults.Select(f => new InputFault("$" + f.Path.Replace('/', '.'), f.Message))]);
        }
    }
}
