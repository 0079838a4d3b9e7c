using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Language.Expressions;
using Weft.Language.Expressions.Values;
using Weft.Workflows.Agents;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using Weft.Workflows.Execution;

namespace Weft.Workflows.Steps;

/// <summary>Brings an agent's memories and context sources into its prompt's scope, and writes the memories after its work.</summary>
/// <remarks>A memory that cannot be read or written is a warning: the work goes on without it.</remarks>
internal sealed class AgentMemory(WorkflowRun run)
{
    private const int MostMessages = 1_000;
    private const int HistoryMessages = 50;
    private const int KnowledgeDocuments = 5;

    /// <summary>One memory that is written after the work.</summary>
    internal sealed record Opened(MemoryReference Memory, string Key);

    /// <summary>Reads what the agent knows besides its input, into the locals of its prompt.</summary>
    public async Task<IReadOnlyList<Opened>> ReadAsync(
        ResolvedAgent agent, StepScope scope, string callKey, ExpressionScope frame, JsonObject locals, List<string> warnings,
        CancellationToken cancellationToken)
    {
        var opened = new List<Opened>();
        var memories = new JsonObject();
        var named = agent.Config.ContextSources
            .Where(x => x is not ("conversation_history" or "knowledge_base") && agent.Memory.All(y => y.Id != x))
            .Select(x => new MemoryReference(x, null, ReadOnly: true));
        foreach (var memory in agent.Memory.Concat(named))
        {
            var key = (memory.Key ?? DefaultKeyOf(memory.Id)) is { Length: > 0 } template
                ? await run.Rendering.TextAsync(template, frame, scope, cancellationToken)
                : run.ConversationId ?? run.ExecutionId;
            opened.Add(new Opened(memory, key));
            var read = await ReadAsync(
                scope, $"{callKey}/memory/{memory.Id}", "read", memory.Id, key, null, memory.Settings, warnings, cancellationToken);
            memories[memory.Id] = Lines(read);
        }

        if (memories.Count > 0)
        {
            locals["memory"] = memories;
        }

        foreach (var source in agent.Config.ContextSources.Distinct(StringComparer.Ordinal))
        {
            if (await SourceAsync(source, scope, callKey, warnings, cancellationToken) is { } value)
            {
                locals[source] = value;
            }
            else if (memories[source] is { } memory)
            {
                locals[source] = memory.DeepClone();
            }
        }

        return opened;
    }

    /// <summary>Adds what was asked and answered to the memories that are not read-only.</summary>
    public async Task WriteAsync(
        IReadOnlyList<Opened> memories, StepScope scope, string callKey, JsonNode prompt, JsonNode? output, List<string> warnings,
        CancellationToken cancellationToken)
    {
        foreach (var (memory, key) in memories.Where(x => !x.Memory.ReadOnly))
        {
            var request = new MemoryRequest
            {
                Scope = scope,
                CallId = $"{callKey}/remember/{memory.Id}",
                Operation = "append",
                Memory = memory.Id,
                Key = key,
                Settings = memory.Settings,
                Payload = new JsonArray(
                    new JsonObject { ["role"] = "user", ["content"] = prompt.DeepClone() },
                    new JsonObject { ["role"] = "assistant", ["content"] = Answer(output) }),
            };
            try
            {
                await run.Context.CallActivityAsync<MemoryResult>(
                    StepNames.WriteMemory, request, new ActivityOptions { CancellationToken = cancellationToken });
            }
            catch (ActivityFailedException exception)
            {
                warnings.Add($"The memory '{memory.Id}' was not written: {exception.Failure.Message}");
            }
        }
    }

    private async Task<JsonNode?> SourceAsync(
        string source, StepScope scope, string callKey, List<string> warnings, CancellationToken cancellationToken)
    {
        switch (source)
        {
            case "conversation_history" when run.ConversationId is { } conversation:
                var history = await ReadAsync(
                    scope, $"{callKey}/history", "read", source, conversation, null, new JsonObject { ["limit"] = Window() }, warnings,
                    cancellationToken);
                return (history is JsonObject read ? read["messages"]?.DeepClone() : history) ?? new JsonArray();
            case "conversation_history":
                warnings.Add("There is no conversation history: the context has no 'conversation_id'.");
                return new JsonArray();
            case "knowledge_base":
                var payload = new JsonObject { ["query"] = Question(), ["top_k"] = KnowledgeDocuments };
                var found = await ReadAsync(
                    scope, $"{callKey}/knowledge", "search", source, run.Input.WorkflowId, payload, null, warnings, cancellationToken);
                return (found is JsonObject results ? (results["documents"] ?? results["results"])?.DeepClone() : found) ?? new JsonArray();
            default:
                return null;
        }
    }

    private async Task<JsonNode?> ReadAsync(
        StepScope scope, string callId, string operation, string memory, string key, JsonNode? payload, JsonObject? settings,
        List<string> warnings, CancellationToken cancellationToken)
    {
        var request = new MemoryRequest
        {
            Scope = scope,
            CallId = callId,
            Operation = operation,
            Memory = memory,
            Key = key,
            Payload = payload,
            Settings = settings,
        };
        try
        {
            var result = await run.Context.CallActivityAsync<MemoryResult>(
                StepNames.ReadMemory, request, new ActivityOptions { CancellationToken = cancellationToken });
            return result.Output?.DeepClone();
        }
        catch (ActivityFailedException exception)
        {
            warnings.Add($"The memory '{memory}' was not read: {exception.Failure.Message}");
            return null;
        }
    }

    /// <summary>The messages of a memory as lines of text; anything else as it is.</summary>
    private static JsonNode? Lines(JsonNode? read)
    {
        if (read is not JsonObject answer || !answer.TryGetPropertyValue("messages", out var messages))
        {
            return read;
        }

        return messages is JsonArray list
            ? string.Join('\n',
                list.Select(x => x is JsonObject message ? $"{message["role"]}: {ModelText.Of(message["content"])}" : ModelText.Of(x)))
            : messages?.DeepClone();
    }

    /// <summary>What was brought and the agent's texts do not read: it is shown besides the prompt.</summary>
    public JsonObject Unread(ResolvedAgent agent, JsonObject locals)
    {
        var read = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in new[] { agent.Prompt, agent.SystemPrompt }.OfType<string>())
        {
            var template = run.Workflow.Template(text);
            if (template.ReadsWholeScope)
            {
                return [];
            }

            read.UnionWith(template.ReferencedPaths.Select(x => x.Root));
        }

        var unread = new JsonObject();
        foreach (var source in agent.Config.ContextSources.Where(x => !read.Contains(x) && IsSomething(locals[x])))
        {
            unread[source] = locals[source]!.DeepClone(); // it is something
        }

        if (!read.Contains("memory") && locals["memory"] is JsonObject memories)
        {
            var rest = memories.Where(x => !read.Contains(x.Key) && !unread.ContainsKey(x.Key) && IsSomething(x.Value)).ToList();
            if (rest.Count > 0)
            {
                unread["memory"] = new JsonObject(rest.Select(x => KeyValuePair.Create(x.Key, x.Value?.DeepClone())));
            }
        }

        return unread;
    }

    private static bool IsSomething(JsonNode? value) => value switch
    {
        null => false,
        JsonArray list => list.Count > 0,
        JsonObject members => members.Count > 0,
        _ => value.ToString().Length > 0,
    };

    /// <summary>The key that a memory's own definition gives it; null: none.</summary>
    private string? DefaultKeyOf(string memory) =>
        run.Definition.Memories.FirstOrDefault(x => x.Id == memory)?.Settings?["default_key_template"]?.ToString();

    /// <summary>How many messages of the conversation are read: the window of the file's memory section.</summary>
    private int Window() =>
        run.Definition.Memories.FirstOrDefault(x => x.Id == "memory")?.Settings?["short_term"]?["window_size"] is JsonValue size
            && size.TryGetValue<int>(out var messages)
            ? Math.Clamp(messages, 1, MostMessages) : HistoryMessages;

    private static JsonNode? Answer(JsonNode? output) => ConversationTurn.Answer(output);

    private string Question() => ModelText.Cut(ModelText.Of(ConversationTurn.Question(run.Fields)), 1_000);
}
