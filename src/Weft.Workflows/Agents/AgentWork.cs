using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Schemas;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using Weft.Workflows.Execution;

namespace Weft.Workflows.Agents;

/// <summary>What every kind of agent works with: its task, its models, its tools, and the count of what they take.</summary>
internal sealed class AgentWork
{
    public AgentWork(IOrchestrationContext context, RunAgentInput input, CancellationToken cancellationToken)
    {
        Context = context;
        Input = input;
        CancellationToken = cancellationToken;
        Ledger = new AgentLedger();
        Models = new ModelCalls(context, input, Ledger, cancellationToken);
        Tools = new AgentTools(context, input, Ledger, cancellationToken);
        Key = input.RunKey ?? $"{input.Scope.NodeId}/1";
    }

    public IOrchestrationContext Context { get; }

    public RunAgentInput Input { get; }

    public CancellationToken CancellationToken { get; }

    public AgentLedger Ledger { get; }

    public ModelCalls Models { get; }

    public AgentTools Tools { get; }

    /// <summary>Gets the name with which call ids begin.</summary>
    public string Key { get; }

    /// <summary>The messages with which a conversation opens: the agent's own instructions, those of its kind, and the task.</summary>
    public List<ChatTurn> Open(string? instructions)
    {
        var messages = new List<ChatTurn>();
        var system = string.Join("\n\n", new[] { Input.SystemPrompt, instructions }.Where(x => !string.IsNullOrWhiteSpace(x)));
        if (system.Length > 0)
        {
            messages.Add(ChatTurn.System(system));
        }

        var task = Input.Prompt.DeepClone();
        var context = ModelText.OfContext(Input.Context);
        if (context.Length > 0 && ModelText.Inline(Input.Prompt) is { } text)
        {
            task = $"{text}\n\n{context}";
            context = "";
        }

        messages.Add(ChatTurn.User(task));
        if (context.Length > 0)
        {
            messages.Add(ChatTurn.User(context));
        }

        return messages;
    }

    /// <summary>Asks for JSON, and once more with the faults when the first answer will not do.</summary>
    /// <param name="question">What is asked; its messages are not changed.</param>
    /// <param name="first">The first answer, when there is one already.</param>
    /// <exception cref="AgentFailedException">The second answer will not do either (code <c>output_schema_violation</c>).</exception>
    public async Task<JsonNode?> AskForJsonAsync(ModelQuestion question, ModelOutcome.Replied? first = null)
    {
        var reply = first ?? await Models.AskAsync(question);
        var read = await ReadJsonAsync(reply.Message.Content, question.Schema);
        if (read.Faults.Count == 0)
        {
            return read.Value;
        }

        Ledger.Warn($"The first answer did not fit its schema, and was asked for again: {string.Join("; ", read.Faults.Take(3))}");
        var cut = reply.FinishReason == "length" ? Prompts.TooLong : "";
        List<ChatTurn> again =
        [
            .. question.Messages,
            new ChatTurn { Role = "assistant", Content = reply.Message.Content?.DeepClone() ?? "" },
            ChatTurn.User($"{Prompts.Unusable}{cut}{Prompts.Faults}{string.Join("\n- ", read.Faults)}{Prompts.Again}"),
        ];
        reply = await Models.AskAsync(question with { CallId = $"{question.CallId}/repair", Messages = again });
        read = await ReadJsonAsync(reply.Message.Content, question.Schema);
        if (read.Faults.Count == 0)
        {
            return read.Value;
        }

        throw new AgentFailedException(new FailureDetails(
            "output_schema_violation",
            $"Node '{Input.Scope.NodeId}': the answer does not fit its schema, nor did it after one repair: "
            + $"{string.Join("; ", read.Faults.Take(5))}. "
            + "Loosen the schema, say in the prompt what is wanted, or use a stronger model.",
            Details: new JsonObject { ["faults"] = new JsonArray([.. read.Faults.Select(x => (JsonNode)x)]) }));
    }

    /// <summary>What a model is told about the form of its answer; empty when it is free.</summary>
    public static string FormOf(JsonObject? schema, bool jsonMode) => schema is not null
        ? Prompts.FitsSchema + schema.ToJsonString(WeftJson.Options)
        : jsonMode ? Prompts.IsJson : "";

    /// <summary>A tool's answer as a message to a model; cut when it is long.</summary>
    public async Task<string> ObservationAsync(ToolAnswer answer)
    {
        if (!answer.Succeeded)
        {
            return $"Error: {answer.Error}";
        }

        if (!PayloadReference.IsIn(answer.Output))
        {
            return ModelText.Cut(ModelText.Of(answer.Output), ModelText.LongestObservation);
        }

        // A stored payload would have to be fetched whole: its first part is cut out by an activity.
        var request = new EvaluateRequest(
            Input.Scope,
            $"{{{{ value | tojson | truncate({ModelText.LongestObservation / 2}) }}}}",
            new JsonObject { ["value"] = answer.Output?.DeepClone() },
            Strict: false,
            Context.CurrentUtcDateTime);
        var result = await Context.CallActivityAsync<EvaluateResult>(
            StepNames.Evaluate, request, new ActivityOptions { CancellationToken = CancellationToken });
        return $"{ModelText.Inline(result.Value) ?? ModelText.Of(answer.Output)}\n[The answer is long, and may be cut here. Ask for "
            + $"less, or for a part of it.]";
    }

    private async Task<StructuredText> ReadJsonAsync(JsonNode? content, JsonObject? schema)
    {
        if (ModelText.Inline(content) is { } text)
        {
            return StructuredText.Read(text, schema);
        }

        var request = new EvaluateRequest(
            Input.Scope, "{{ value }}", new JsonObject { ["value"] = content?.DeepClone() }, Strict: true, Context.CurrentUtcDateTime)
        {
            ReadJson = true,
            Schema = schema,
        };
        var result = await Context.CallActivityAsync<EvaluateResult>(
            StepNames.Evaluate, request, new ActivityOptions { CancellationToken = CancellationToken });
        return new StructuredText(result.Value, result.Faults);
    }
}
