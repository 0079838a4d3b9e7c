using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using Weft.Workflows.Execution;

namespace Weft.Workflows.Agents;

/// <summary>The tools that an agent may use, and no others.</summary>
internal sealed class ToolBench(IOrchestrationContext context, RunAgentInput input, AgentLedger ledger, CancellationToken cancellationToken)
{
    private static readonly RetryPolicy ProductRetry = new() { MaxAttempts = 2 };
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, ToolReference> _byName = Index(input.Tools);

    public IReadOnlyList<ToolReference> Tools => input.Tools;

    /// <summary>Finds a tool by the name users write or the one models see; null: the agent may not use it.</summary>
    public ToolReference? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>What to tell a model that asked for a tool it may not use.</summary>
    public string Refusal(string name) => Tools.Count == 0
        ? $"There is no tool '{name}': this agent has no tools. Answer without one."
        : $"The tool '{name}' is not available here.{NearMiss.Hint(name, Tools.Select(x => x.ModelName))} Available: {string.Join(", ", Tools.Select(x => x.ModelName))}.";

    /// <summary>Notes a call that was not made.</summary>
    public ToolAnswer Refuse(string name, string why)
    {
        ledger.Called(Find(name)?.Name ?? name, "refused", 0, why);
        return new ToolAnswer("refused", null, why);
    }

    /// <summary>Makes a call; one that fails in a way that may pass is made once more.</summary>
    /// <exception cref="AgentFailedException">It is not known whether the call took effect, and the policy is to fail.</exception>
    public async Task<ToolAnswer> CallAsync(string callId, ToolReference tool, JsonObject arguments)
    {
        var policy = input.Retry ?? ProductRetry;
        for (var attempt = 1; ; attempt++)
        {
            var thisCall = attempt == 1 ? callId : $"{callId}.{attempt}";
            var outcome = await CallOnceAsync(thisCall, tool, arguments);
            if (outcome is ToolOutcome.Succeeded succeeded)
            {
                ledger.Called(tool.Name, "success", succeeded.DurationMs, null);
                return new ToolAnswer("success", succeeded.Output, null);
            }

            var (failure, durationMs) = (ToolOutcome.Failed)outcome;
            var error = $"{failure.Kind}: {failure.Message}";
            ledger.Called(tool.Name, "failed", durationMs, error);
            if (failure.Kind == "unknown_outcome" && input.Config.OnUnknownOutcome != UnknownOutcomePolicy.Retry)
            {
                switch (input.Config.OnUnknownOutcome == UnknownOutcomePolicy.Ask ? await AskAsync(thisCall, tool, failure) : "fail")
                {
                    case "retry":
                        continue;
                    case "skip":
                        return new ToolAnswer("failed", null, $"{error} A person decided to go on without it.");
                    default:
                        break;
                }

                throw new AgentFailedException(new FailureDetails(failure.Kind, $"Node '{input.Scope.NodeId}', tool '{tool.Name}': {failure.Message}", NonRetryable: true, failure.Details?.DeepClone()));
            }

            if (!failure.Retryable || attempt >= policy.MaxAttempts)
            {
                return new ToolAnswer("failed", null, error);
            }

            var wait = failure.RetryAfterMs is { } asked ? TimeSpan.FromMilliseconds(asked) : RetryBackoff.DelayAfter(policy, attempt, $"{context.InstanceId}/{thisCall}", 0);
            await context.CreateTimer(wait < LongestWait ? wait : LongestWait, cancellationToken);
        }
    }

    private async Task<string> AskAsync(string callId, ToolReference tool, ToolFailure failure)
    {
        context.SendEvent(input.Scope.ExecutionId, StepNames.SignalEventName, new SignalEvent(
            OutcomeQuestion.AskedBy(input.Scope.NodeId),
            new JsonObject { ["instance_id"] = context.InstanceId, ["call_id"] = callId, ["message"] = $"{tool.Name}: {failure.Message}" }));
        var answer = await context.WaitForExternalEvent<SignalEvent>(OutcomeQuestion.AnswerTo(callId), cancellationToken);
        return OutcomeQuestion.ChoiceOf(answer.Data) ?? "fail";
    }

    private async Task<ToolOutcome> CallOnceAsync(string callId, ToolReference tool, JsonObject arguments)
    {
        var request = new CallToolRequest
        {
            Scope = input.Scope,
            CallId = callId,
            Tool = tool.Name,
            Arguments = arguments,
            EntityId = tool.App is { } app ? input.Entities.GetValueOrDefault(app) : null,
            Timeout = input.CallTimeout,
            OnUnknownOutcome = input.Config.OnUnknownOutcome,
        };
        try
        {
            return await context.CallActivityAsync<ToolOutcome>(StepNames.CallTool, request, new ActivityOptions { CancellationToken = cancellationToken });
        }
        catch (ActivityFailedException exception)
        {
            return new ToolOutcome.Failed(new ToolFailure(exception.Failure.Code, exception.Failure.Message, Retryable: false), 0);
        }
    }

    private static Dictionary<string, ToolReference> Index(IReadOnlyList<ToolReference> tools)
    {
        var index = new Dictionary<string, ToolReference>(StringComparer.Ordinal);
        foreach (var tool in tools)
        {
            index.TryAdd(tool.ModelName, tool);
        }

        foreach (var tool in tools)
        {
            index.TryAdd(tool.Name, tool);
        }

        return index;
    }
}
