using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Workflows.Agents;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using Weft.Workflows.Execution;

namespace Weft.Workflows.Steps;

/// <summary>Adds what was asked and answered to the conversation that an execution belongs to, so that the next one sees it.</summary>
/// <remarks>
/// Once for each execution, and only at its good end: a child's work is its parent's turn, and an execution that runs again is
/// the turn of the first. A file that writes <c>conversation_history</c> itself is left to it.
/// </remarks>
internal static class ConversationTurn
{
    private const string History = "conversation_history";
    private static readonly string[] QuestionFields = ["customer_message", "message", "question", "query", "text", "prompt"];
    private static readonly string[] AnswerFields = ["text", "answer", "response", "message", "summary"];

    /// <summary>Appends the turn; a failure to is a warning.</summary>
    public static async Task RememberAsync(WorkflowRun run, BodyOutcome outcome)
    {
        if (run.ConversationId is not { Length: > 0 } conversation || run.Input.ParentExecutionId is not null
            || outcome.Status is not (ExecutionStatus.Completed or ExecutionStatus.Partial) || !Remembers(run))
        {
            return;
        }

        var turn = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = Question(run.Fields) });
        if (outcome.Output is not null)
        {
            turn.Add(new JsonObject { ["role"] = "assistant", ["content"] = Answer(outcome.Output) });
        }

        var request = new MemoryRequest
        {
            Scope = run.StepScope("conversation") with { ExecutionId = run.Input.RerunOf ?? run.ExecutionId },
            CallId = "conversation/turn",
            Operation = "append",
            Memory = History,
            Key = conversation,
            Payload = turn,
        };
        try
        {
            await run.Context.CallActivityAsync<MemoryResult>(
                StepNames.WriteMemory, request, new ActivityOptions { Retry = new RetryPolicy { MaxAttempts = 5 } });
        }
        catch (ActivityFailedException exception)
        {
            run.Trace.Warn($"The conversation '{conversation}' was not continued: {exception.Failure.Message}");
        }
    }

    /// <summary>What was asked: the first of the usual fields that says something, else the whole input as JSON.</summary>
    public static JsonNode Question(JsonObject input) =>
        QuestionFields.Select(x => input[x]).FirstOrDefault(IsText)?.DeepClone() ?? input.DeepClone();

    /// <summary>What was answered: the first of the usual fields that says something, else the whole output as JSON.</summary>
    public static JsonNode Answer(JsonNode? output) =>
        (output is JsonObject members ? AnswerFields.Select(x => members[x]).FirstOrDefault(IsText)?.DeepClone() : null)
        ?? (output is JsonObject or JsonArray ? output.DeepClone() : ModelText.Of(output));

    private static bool IsText(JsonNode? value) =>
        PayloadReference.HashOf(value) is not null
            || (value is JsonValue scalar && scalar.TryGetValue<string>(out var text) && text.Length > 0);

    /// <summary>Whether the file has conversations remembered: by its memory section, or as some agent's context source.</summary>
    private static bool Remembers(WorkflowRun run)
    {
        var definition = run.Definition;
        var uses = Configs(definition).Any(x => x.ContextSources.Contains(History))
            || definition.Memories.Any(x => x.Settings?.ContainsKey("short_term") == true);
        var writesItself =
            TaskTree.Of(definition).OfType<MemoryTask>().Any(x => x.MemoryRef == History && x.Operation is "append" or "write")
            || Configs(definition).SelectMany(x => x.Memory).Concat(definition.Agents.SelectMany(x => x.Memory)).Any(
                x => x is { Id: History, ReadOnly: false });
        return uses && !writesItself;
    }

    private static IEnumerable<AgentConfig> Configs(WorkflowDefinition definition) =>
        TaskTree.StepsOf(definition).Select(x => x.Step).OfType<AgentStep>().Select(x => x.Config).Concat(
            definition.Agents.Select(x => x.Config));
}
