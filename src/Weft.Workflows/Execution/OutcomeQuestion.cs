using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Workflows.Contracts;

namespace Weft.Workflows.Execution;

/// <summary>
/// Asks a person what to do about a tool call that may or may not have taken effect: a signal with the node's name brings the choice.
/// </summary>
/// <remarks>
/// Signals reach executions, not the agents that work for them: an agent sends its question up as the signal
/// <c>ask:{node}</c>, and gets the answer as the event <c>answer:{call id}</c>.
/// </remarks>
internal sealed class OutcomeQuestion(WorkflowRun run)
{
    private static readonly IReadOnlyList<string> Choices = ["retry", "skip", "fail"];

    /// <summary>The name of the signal by which an agent asks.</summary>
    public static string AskedBy(string nodeId) => $"ask:{nodeId}";

    /// <summary>The name of the event by which it is answered.</summary>
    public static string AnswerTo(string callId) => $"answer:{callId}";

    /// <summary>The choice in an answer: retry, skip or fail; null when it is none of them.</summary>
    public static string? ChoiceOf(JsonNode? data)
    {
        var said = (data is JsonObject answer ? answer["choice"] : data)?.ToString();
        return Choices.FirstOrDefault(x => string.Equals(x, said, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Waits for a choice.</summary>
    public async Task<string> AskAsync(string nodeId, string message, CancellationToken cancellationToken)
    {
        var waiting = new WaitingFor(nodeId, nodeId, null, new JsonObject { ["unknown_outcome"] = message }, Choices);
        run.Trace.Waits(waiting);
        run.Publish();
        using var wait = run.Signals.Open(nodeId);
        try
        {
            while (true)
            {
                var signal = await wait.NextAsync(cancellationToken);
                if (ChoiceOf(signal.Data) is { } choice)
                {
                    return choice;
                }

                run.Trace.Warn($"Node '{nodeId}' got a signal whose choice is none of {string.Join(", ", Choices)}; it waits on.");
            }
        }
        finally
        {
            run.Trace.WaitsNoMore(waiting);
        }
    }

    /// <summary>Lets an agent work as a child, and answers what it asks meanwhile.</summary>
    public async Task<AgentResult> RelayAsync(
        string nodeId, RunAgentInput input, Func<Task<AgentResult>> work, CancellationToken cancellationToken)
    {
        if (input.Config.OnUnknownOutcome != UnknownOutcomePolicy.Ask
            && input.Delegates.All(x => x.Run.Config.OnUnknownOutcome != UnknownOutcomePolicy.Ask))
        {
            return await work();
        }

        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answering = AnswerAsync(nodeId, done.Token);
        try
        {
            return await work();
        }
        finally
        {
            done.CancelNow();
            await answering;
        }
    }

    private async Task AnswerAsync(string nodeId, CancellationToken cancellationToken)
    {
        using var questions = run.Signals.Open(AskedBy(nodeId));
        try
        {
            while (true)
            {
                var question = (await questions.NextAsync(cancellationToken)).Data as JsonObject ?? [];
                var choice = await AskAsync(nodeId, question["message"]?.ToString() ?? "", cancellationToken);
                run.Context.SendEvent(
                    question["instance_id"]?.ToString() ?? "",
                    AnswerTo(question["call_id"]?.ToString() ?? ""),
                    new SignalEvent("answer", new JsonObject { ["choice"] = choice }));
            }
        }
        catch (OperationCanceledException)
        {
            // The agent has ended.
        }
    }
}
