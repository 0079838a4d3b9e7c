using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using Weft.Workflows.Execution;
using Weft.Workflows.Failures;

namespace Weft.Workflows.Agents;

/// <summary>The tools that an agent may use, and no others.</summary>
internal sealed class AgentTools(
    IOrchestrationContext context, RunAgentInput input, AgentLedger ledger, CancellationToken cancellationToken)
{
    private readonly Dictionary<string, ToolReference> _byName = Index(input.Tools);

    public IReadOnlyList<ToolReference> Tools => input.Tools;

    /// <summary>Finds a tool by the name users write or the one models see; null: the agent may not use it.</summary>
    public ToolReference? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>What to tell a model that asked for a tool it may not use.</summary>
    public string Refusal(string name) => Tools.Count == 0
        ? $"There is no tool '{name}': this agent has no tools. Answer without one."
        : $"The tool '{name}' is not available here.{NearMiss.Hint(name, Tools.Select(x => x.ModelName))} Available: "
            + $"{string.Join(", ", Tools.Select(x => x.ModelName))}.";

    /// <summary>Notes a call that was not made.</summary>
    public ToolAnswer Refuse(string name, string why)
    {
        ledger.Called(new ToolCallTrace(Find(name)?.Name ?? name, "refused", 0, why));
        return new ToolAnswer("refused", null, why);
    }

    /// <summary>Makes a call.</summary>
    /// <exception cref="AgentFailedException">It is not known whether the call took effect, and the policy is to fail.</exception>
    public async Task<ToolAnswer> CallAsync(string callId, ToolReference tool, JsonObject arguments)
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
        ToolOutcome outcome;
        var skipped = false;
        try
        {
            var calls = new ToolCallPolicy(context, AskAsync) { RepeatsAsEarlier = true };
            (outcome, skipped) = await calls.RunAsync(request, x => ledger.Called(Traces.Of(tool.Name, x)), cancellationToken);
        }
        catch (ActivityFailedException exception)
        {
            outcome = new ToolOutcome.Failed(ToolFailureKind.Of(exception.Failure.Code).Failure(exception.Failure.Message), 0);
            ledger.Called(Traces.Of(tool.Name, outcome));
        }

        if (outcome is not ToolOutcome.Failed { Failure: var failure })
        {
            return new ToolAnswer("success", ((ToolOutcome.Succeeded)outcome).Output, null);
        }

        if (ToolFailureKind.UnknownOutcome.Is(failure) && input.Config.OnUnknownOutcome != UnknownOutcomePolicy.Retry && !skipped)
        {
            throw new AgentFailedException(new FailureDetails(
                failure.Kind, $"Node '{input.Scope.NodeId}', tool '{tool.Name}': {failure.Message}", NonRetryable: true,
                failure.Details?.DeepClone()));
        }

        var error = $"{failure.Kind}: {failure.Message}";
        return new ToolAnswer("failed", null, skipped ? $"{error} A person decided to go on without it." : error);
    }

    private async Task<string> AskAsync(CallToolRequest call, ToolFailure failure, CancellationToken token)
    {
        context.SendEvent(input.Scope.ExecutionId, StepNames.SignalEventName, new SignalEvent(
            OutcomeQuestion.AskedBy(input.Scope.NodeId),
            new JsonObject
            {
                ["instance_id"] = context.InstanceId,
                ["call_id"] = call.CallId,
                ["message"] = $"{call.Tool}: {failure.Message}",
            }));
        var answer = await context.WaitForExternalEvent<SignalEvent>(OutcomeQuestion.AnswerTo(call.CallId), token);
        return OutcomeQuestion.ChoiceOf(answer.Data) ?? "fail";
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
