using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Language.Expressions.Values;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using Weft.Workflows.Execution;

namespace Weft.Workflows.Sequences;

/// <summary>Tasks that wait for the outside, or speak to it.</summary>
internal sealed partial class TaskRunner
{
    public async Task<TaskWork> WaitAsync(TaskJob job, WaitTask task, CancellationToken cancellationToken)
    {
        var name = await run.Rendering.TextAsync(task.WaitFor, FrameOf(job), job.Scope, cancellationToken);
        TimeSpan? limit =
            task.Timeout is { } timeout ? await DurationAsync(timeout, "timeout", job.Id, job.Locals, cancellationToken) : null;
        var waiting = new WaitingFor(job.Id, name, run.Context.CurrentUtcDateTime + limit);
        var (timedOut, work) =
            await TimeLimit.RunAsync(run.Context, limit, token => ListenAsync(job, task, name, waiting, token), cancellationToken);
        if (!timedOut && work is not null)
        {
            return work;
        }

        return TaskWork.Failed("wait_timeout",
            $"Task '{job.Id}': no signal '{name}' that would do came within {limit?.TotalSeconds:0.###} s. Send it to the execution, or "
            + $"name a task under 'on_timeout'.") with
        {
            Goto = task.OnTimeout,
            GotoWith = task.OnTimeoutWith,
        };
    }

    private async Task<TaskWork> ListenAsync(
        TaskJob job, WaitTask task, string name, WaitingFor waiting, CancellationToken cancellationToken)
    {
        using var wait = run.Signals.Open(name);
        run.Trace.Waits(waiting);
        run.Publish();
        try
        {
            while (true)
            {
                var signal = await wait.NextAsync(cancellationToken);
                var seen = new JsonObject
                {
                    ["name"] = signal.SignalName,
                    ["payload"] = signal.Data?.DeepClone(),
                    ["data"] = signal.Data?.DeepClone(),
                    ["metadata"] = signal.Metadata?.DeepClone(),
                };
                JsonObject? processed = null;
                if (task.Processor is { } processor)
                {
                    var outcome = await RunAsync(processor,
                        Below(job,
                            new JsonObject { ["signal"] = seen.DeepClone() }) with { With =
                                new JsonObject { ["signal"] = seen.DeepClone() } }, cancellationToken);
                    if (outcome.Failed)
                    {
                        return TaskWork.Failed(outcome.Failure!); // a failed task says why
                    }

                    processed = new JsonObject { ["output"] = outcome.Output?.DeepClone(), ["error"] = null };
                }

                var frame = run.Scope.Frame([], job.Locals).Set("signal", seen).Set("processor", processed);
                if (task.Condition is null || await run.Rendering.HoldsAsync(task.Condition, frame, job.Scope, cancellationToken))
                {
                    return TaskWork.Done(
                        new JsonObject { ["wait_status"] = "completed", ["signal"] = seen,
                            ["processor_output"] = processed?["output"]?.DeepClone() });
                }

                wait.PassOn(signal);
            }
        }
        finally
        {
            run.Trace.WaitsNoMore(waiting);
        }
    }

    public async Task<TaskWork> SignalAsync(TaskJob job, SignalTask task, CancellationToken cancellationToken)
    {
        var name = await run.Rendering.TextAsync(task.Signal, FrameOf(job), job.Scope, cancellationToken);
        var payload = task.Payload is null ? job.With?.DeepClone()
            : await run.Rendering.DataAsync(task.Payload, FrameOf(job), job.Scope, cancellationToken);
        payload = await run.Rendering.StoreAsync(payload, job.Scope, cancellationToken);
        var output = new JsonObject { ["signal_dispatched"] = true, ["signal_id"] = name };
        if (task.Target is { } target)
        {
            var execution = await run.Rendering.TextAsync(target, FrameOf(job), job.Scope, cancellationToken);
            var metadata = new JsonObject
            {
                ["source"] = "workflow",
                ["workflow_id"] = run.Definition.Id,
                ["execution_id"] = run.ExecutionId,
                ["signal_id"] = run.Context.NewGuid().ToString("N"),
                ["received_at"] = run.Context.CurrentUtcDateTime.ToString("O"),
            };
            run.Context.SendEvent(execution, StepNames.SignalEventName, new SignalEvent(name, payload) { Metadata = metadata });
            output["target"] = execution;
            return TaskWork.Done(output);
        }

        var request = new DispatchSignalRequest(job.Scope, job.Key, name, payload, run.Input.Depth);
        var dispatched =
            await run.Context.CallActivityAsync<DispatchedSignal>(StepNames.DispatchSignal, request, Options(job, cancellationToken));
        output["executions"] = new JsonArray([.. dispatched.ExecutionIds.Select(x => (JsonNode)x)]);
        return TaskWork.Done(output);
    }

    public async Task<TaskWork> MemoryAsync(TaskJob job, MemoryTask task, CancellationToken cancellationToken)
    {
        var frame = FrameOf(job);
        var request = new MemoryRequest
        {
            Scope = job.Scope,
            CallId = job.Key,
            Operation = task.Operation,
            Memory = await run.Rendering.TextAsync(task.MemoryRef, frame, job.Scope, cancellationToken),
            Key = await run.Rendering.TextAsync(task.KeyTemplate, frame, job.Scope, cancellationToken),
            Payload = await run.Rendering.DataAsync(task.Payload, frame, job.Scope, cancellationToken),
            Settings = await run.Rendering.DataAsync(task.Settings, frame, job.Scope, cancellationToken) as JsonObject,
        };
        var activity = task.Operation is "read" or "health" or "stats" or "search" ? StepNames.ReadMemory : StepNames.WriteMemory;
        var result = await run.Context.CallActivityAsync<MemoryResult>(activity, request, Options(job, cancellationToken));
        return TaskWork.Done(result.Output?.DeepClone());
    }

    public async Task<TaskWork> ApprovalAsync(TaskJob job, ApprovalTask task, CancellationToken cancellationToken)
    {
        var approvers = await run.Rendering.DataAsync(task.Approvers, FrameOf(job), job.Scope, cancellationToken);
        var show = await run.Rendering.DataAsync(task.Show, FrameOf(job), job.Scope, cancellationToken);
        TimeSpan? limit =
            task.Timeout is { } timeout ? await DurationAsync(timeout, "timeout", job.Id, job.Locals, cancellationToken) : null;
        TimeSpan? escalation =
            task.Escalation is { } later ? await DurationAsync(later.After, "escalation", job.Id, job.Locals, cancellationToken) : null;
        var until = run.Context.CurrentUtcDateTime + limit;
        var begun = run.Context.CurrentUtcDateTime;
        var first = escalation is { } before && (limit is null || before < limit) ? before : limit;

        var asked = await AskAsync(job, task, approvers, show, until, first, cancellationToken);
        if (asked is null && first != limit)
        {
            var to = await run.Rendering.DataAsync(task.Escalation?.To, FrameOf(job), job.Scope, cancellationToken);
            asked = await AskAsync(
                job, task, Together(approvers, to), show, until, limit - (run.Context.CurrentUtcDateTime - begun), cancellationToken);
            asked?.Add("escalated", true);
        }

        if (asked is not null)
        {
            asked["timed_out"] = false;
            return TaskWork.Done(asked);
        }

        return task.DefaultChoice is { } choice
            ? TaskWork.Done(new JsonObject { ["choice"] = choice, ["timed_out"] = true })
            : TaskWork.Failed("approval_timeout",
                $"Task '{job.Id}': nobody chose within {limit?.TotalSeconds:0.###} s. Send the signal '{job.Id}' with a 'choice', or set "
                + $"'default_choice' or 'on_timeout'.") with
            {
                Goto = task.OnTimeout,
                GotoWith = task.OnTimeoutWith,
            };
    }

    /// <summary>Waits for a choice; null when the time is up.</summary>
    private async Task<JsonObject?> AskAsync(
        TaskJob job, ApprovalTask task, JsonNode? approvers, JsonNode? show, DateTime? until, TimeSpan? limit,
        CancellationToken cancellationToken)
    {
        var shown = new JsonObject { ["show"] = show?.DeepClone(), ["approvers"] = approvers?.DeepClone() };
        var waiting = new WaitingFor(job.Id, job.Id, until, shown, task.Choices);
        var (_, choice) =
            await TimeLimit.RunAsync(run.Context, limit, token => ChoiceAsync(job, task, approvers, waiting, token), cancellationToken);
        return choice;
    }

    private async Task<JsonObject> ChoiceAsync(
        TaskJob job, ApprovalTask task, JsonNode? approvers, WaitingFor waiting, CancellationToken cancellationToken)
    {
        using var wait = run.Signals.Open(job.Id);
        run.Trace.Waits(waiting);
        run.Publish();
        try
        {
            while (true)
            {
                var signal = await wait.NextAsync(cancellationToken);
                var data = signal.Data as JsonObject ?? new JsonObject { ["choice"] = signal.Data?.DeepClone() };
                var choice =
                    task.Choices.FirstOrDefault(x => string.Equals(x, data["choice"]?.ToString(), StringComparison.OrdinalIgnoreCase));
                var who = (data["approver"] ?? data["by"] ?? data["user"])?.ToString();
                if (choice is null)
                {
                    run.Trace.Warn($"Task '{job.Id}' got a signal whose choice is none of {string.Join(", ", task.Choices)}; it waits on.");
                    continue;
                }

                if (who is not null && !MayAnswer(approvers, who))
                {
                    run.Trace.Warn($"Task '{job.Id}' got a choice of somebody who is not among its approvers; it waits on.");
                    continue;
                }

                var output = data.DeepClone().AsObject();
                output["choice"] = choice;
                return output;
            }
        }
        finally
        {
            run.Trace.WaitsNoMore(waiting);
        }
    }

    private static bool MayAnswer(JsonNode? approvers, string who) => approvers switch
    {
        null => true,
        JsonArray { Count: 0 } => true,
        JsonArray list => list.Any(x => MayAnswer(x ?? "", who)),
        JsonObject members => members.Any(x => MayAnswer(x.Value ?? "", who)),
        _ => approvers.ToString().Split(',', StringSplitOptions.TrimEntries).Contains(who, StringComparer.OrdinalIgnoreCase),
    };

    private static JsonNode? Together(JsonNode? approvers, JsonNode? to) => to is null
        ? approvers
        : new JsonArray(
            [.. new[] { approvers, to }.SelectMany(x => x is JsonArray list ? [.. list] : new[] { x }).OfType<JsonNode>().Select(
                x => x.DeepClone())]);

    private ActivityOptions Options(TaskJob job, CancellationToken cancellationToken) =>
        new() { Retry = job.Policy.Retry ?? run.Definition.Defaults.Retry, CancellationToken = cancellationToken };
}
