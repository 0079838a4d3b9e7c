using System.Text;
using System.Text.Json.Nodes;
using Weft.Sandbox.Chat;
using Weft.Sandbox.Json;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.Anthropic;

/// <summary>Reads a Messages request, and refuses what the service refuses.</summary>
internal static class MessagesRequest
{
    /// <summary>The version that refuses sampling parameters, whatever the model.</summary>
    private const string NewestVersion = "2026-10-21";

    private const int ContextWindow = 200_000;
    private const int LongContextWindow = 1_000_000;
    private const int LongestToolName = 128;

    /// <summary>What the names of models have that take no long prompts.</summary>
    private static readonly string[] Short = ["claude-3", "-4-1", "-4-5"];

    private static readonly string[] Sampling = ["temperature", "top_p", "top_k"];

    public static (ModelRequest? Request, WireError? Error) Read(JsonNode? body, string version, TokenMeter tokens)
    {
        if (Incomplete(body) is { } missing)
        {
            return Bad(missing);
        }

        var isNewest = version.Split(',', StringSplitOptions.TrimEntries).Contains(NewestVersion);
        if (isNewest && Array.Find(Sampling, name => body.Get(name) is not null) is { } sampling)
        {
            return Bad($"{sampling}: not supported since anthropic-version {NewestVersion}");
        }

        var messages = body.Arr("messages")!; // Incomplete saw them.
        var turns = new List<Turn>();
        if (TextOf(body.Get("system")) is { Length: > 0 } system)
        {
            turns.Add(new Turn(Speaker.System, system));
        }

        for (var i = 0; i < messages.Count; i++)
        {
            switch (messages[i].Str("role"))
            {
                case "user":
                    turns.AddRange(UserTurns(messages[i].Get("content")));
                    break;
                case "assistant":
                    turns.Add(AssistantTurn(messages[i].Get("content")));
                    break;
                default:
                    return Bad($"messages.{i}.role: Input should be 'user' or 'assistant'");
            }
        }

        if (messages[0].Str("role") != "user")
        {
            return Bad("messages: first message must use the \"user\" role");
        }

        if (Unpaired(turns) is { } unpaired)
        {
            return Bad(unpaired);
        }

        var tools = (body.Arr("tools") ?? []).Select(ToolOf).ToList();
        var choice = body.Obj("tool_choice");
        if (ToolFault(tools, choice) is { } fault)
        {
            return Bad(fault);
        }

        var format = body.Obj("output_config").Obj("format") ?? body.Obj("output_format");
        var request = new ModelRequest
        {
            Provider = "anthropic",
            Model = body.Str("model")!, // As above.
            Turns = turns,
            Tools = tools,
            MayCall = choice.Str("type") != "none",
            MustCall = choice.Str("type") is "any" or "tool",
            ForcedTool = choice.Str("name"),
            Schema = format.Obj("schema"),
            JsonMode = format is not null,
            MaxOutputTokens = body.Int("max_tokens"),
            Stop = [.. (body.Arr("stop_sequences") ?? []).Select(stop => stop.AsText() ?? string.Empty)],
        };
        var (prompt, window) = (tokens.OfPrompt(request), WindowOf(request.Model));
        return prompt > window ? Bad($"prompt is too long: {prompt} tokens > {window} maximum") : (request, null);
    }

    /// <summary>The prompt up to the last block marked for the cache, or null when none is marked.</summary>
    public static string? CachedPrefix(JsonNode? body)
    {
        string? prefix = null;
        var text = new StringBuilder();
        var content = (body.Arr("messages") ?? []).SelectMany(message => Blocks(message.Get("content")));
        foreach (var part in (body.Arr("tools") ?? []).Concat(body.Arr("system") ?? []).Concat(content))
        {
            var marked = part.Obj("cache_control") is not null;
            text.Append(SandboxJson.Text(marked && part is JsonObject block ? SchemaDocument.Without(block, "cache_control") : part));
            prefix = marked ? text.ToString() : prefix;
        }

        return prefix;
    }

    private static string? Incomplete(JsonNode? body) =>
        body.Str("model") is not { Length: > 0 } ? "model: Field required"
        : body.Int("max_tokens") is not { } maxTokens ? "max_tokens: Field required"
        : maxTokens < 1 ? "max_tokens: Input should be greater than or equal to 1"
        : body.Arr("messages") is not { Count: > 0 } ? "messages: at least one message is required"
        : null;

    private static int WindowOf(string model) =>
        Array.Exists(Short, part => model.Contains(part, StringComparison.Ordinal)) ? ContextWindow : LongContextWindow;

    private static ToolSpec ToolOf(JsonNode? tool) =>
        new(tool.Str("name") ?? string.Empty, tool.Str("description") ?? string.Empty, tool.Obj("input_schema") ?? []);

    private static string? ToolFault(List<ToolSpec> tools, JsonObject? choice) =>
        tools.FindIndex(tool => !ToolSpec.IsName(tool.Name, LongestToolName)) is >= 0 and var misnamed
            ? $"tools.{misnamed}.name: String should match pattern '^[a-zA-Z0-9_-]{{1,128}}$'"
        : choice is not null && tools.Count == 0 ? "tool_choice: may only be specified while providing tools"
        : choice.Str("type") == "tool" && tools.TrueForAll(tool => tool.Name != choice.Str("name"))
            ? $"tool_choice: Tool '{choice.Str("name")}' not found in provided tools"
        : null;

    /// <summary>Results come first in a user's message, and are turns of their own to the model.</summary>
    private static IEnumerable<Turn> UserTurns(JsonNode? content)
    {
        var results = Blocks(content).Where(block => block.Str("type") == "tool_result").ToList();
        if (results.Count > 0)
        {
            yield return new Turn(Speaker.Tool, string.Empty) { Outcomes = [.. results.Select(OutcomeOf)] };
        }

        if (TextOf(content) is { } text && (text.Length > 0 || results.Count == 0))
        {
            yield return new Turn(Speaker.User, text);
        }
    }

    private static ToolOutcome OutcomeOf(JsonNode? block) =>
        new(block.Str("tool_use_id") ?? string.Empty, TextOf(block.Get("content")), block.Bool("is_error") == true);

    private static Turn AssistantTurn(JsonNode? content) => new(Speaker.Assistant, TextOf(content))
    {
        Calls = [.. Blocks(content).Where(block => block.Str("type") == "tool_use").Select(CallOf)],
    };

    private static ToolCall CallOf(JsonNode? block) =>
        new(block.Str("name") ?? string.Empty, block.Obj("input") ?? []) { Id = block.Str("id") ?? string.Empty };

    private static string? Unpaired(List<Turn> turns)
    {
        for (var i = 0; i < turns.Count; i++)
        {
            var answered = i + 1 < turns.Count ? turns[i + 1].Outcomes.Select(outcome => outcome.CallId).ToHashSet() : [];
            if (turns[i].Calls.FirstOrDefault(call => !answered.Contains(call.Id)) is { } open)
            {
                return $"messages.{i}: `tool_use` ids were found without `tool_result` blocks immediately after: {open.Id}. "
                    + "Each `tool_use` block must have a corresponding `tool_result` block in the next message.";
            }

            var asked = i > 0 ? turns[i - 1].Calls.Select(call => call.Id).ToHashSet() : [];
            if (turns[i].Outcomes.FirstOrDefault(outcome => !asked.Contains(outcome.CallId)) is { } stray)
            {
                return $"messages.{i}.content.0: unexpected `tool_use_id` found in `tool_result` blocks: {stray.CallId}. "
                    + "Each `tool_result` block must have a corresponding `tool_use` block in the previous message.";
            }
        }

        return null;
    }

    private static IEnumerable<JsonNode?> Blocks(JsonNode? content) => content as JsonArray ?? [];

    private static string TextOf(JsonNode? content) =>
        content.AsText() ?? string.Join('\n', Blocks(content).Select(TextIn).OfType<string>());

    private static string? TextIn(JsonNode? block) => block.Str("type") switch
    {
        "text" => block.Str("text"),
        "image" or "document" => $"[{block.Str("type")}]",
        _ => null,
    };

    private static (ModelRequest?, WireError?) Bad(string message) => (null, new WireError(400, message));
}
