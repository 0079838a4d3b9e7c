using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Weft.Sandbox.Brain;
using Weft.Sandbox.Json;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.Anthropic;

/// <summary>Reads a Messages request, and refuses what the service refuses.</summary>
internal static partial class MessagesRequest
{
    /// <summary>The version that refuses sampling parameters, whatever the model.</summary>
    public const string NewestVersion = "2026-10-21";

    private const int ContextWindow = 200_000;
    private const int LongContextWindow = 1_000_000;

    public static (ModelRequest? Request, WireError? Error) Read(JsonNode? body, string version)
    {
        if (body.Str("model") is not { Length: > 0 } model)
        {
            return Bad("model: Field required");
        }

        if (body.Int("max_tokens") is not { } maxTokens)
        {
            return Bad("max_tokens: Field required");
        }

        if (maxTokens < 1)
        {
            return Bad("max_tokens: Input should be greater than or equal to 1");
        }

        if (body.Arr("messages") is not { Count: > 0 } messages)
        {
            return Bad("messages: at least one message is required");
        }

        if (version.Split(',').Any(part => part.Trim() == NewestVersion) && Array.Find(["temperature", "top_p", "top_k"], name => body.Get(name) is not null) is { } sampling)
        {
            return Bad($"{sampling}: not supported since anthropic-version {NewestVersion}");
        }

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

        var tools = (body.Arr("tools") ?? []).Select(tool => new ToolSpec(tool.Str("name") ?? string.Empty, tool.Str("description") ?? string.Empty, tool.Obj("input_schema") ?? [])).ToList();
        if (tools.FindIndex(tool => !ToolName().IsMatch(tool.Name)) is >= 0 and var misnamed)
        {
            return Bad($"tools.{misnamed}.name: String should match pattern '^[a-zA-Z0-9_-]{{1,128}}$'");
        }

        var choice = body.Obj("tool_choice");
        if (choice is not null && tools.Count == 0)
        {
            return Bad("tool_choice: may only be specified while providing tools");
        }

        if (choice.Str("type") == "tool" && tools.TrueForAll(tool => tool.Name != choice.Str("name")))
        {
            return Bad($"tool_choice: Tool '{choice.Str("name")}' not found in provided tools");
        }

        var format = body.Obj("output_config").Obj("format") ?? body.Obj("output_format");
        var request = new ModelRequest
        {
            Provider = "anthropic",
            Model = model,
            Turns = turns,
            Tools = tools,
            Choice = choice.Str("type") switch
            {
                "any" => new ToolChoice(ToolChoiceKind.Required),
                "tool" => new ToolChoice(ToolChoiceKind.Named, choice.Str("name")),
                "none" => new ToolChoice(ToolChoiceKind.None),
                _ => ToolChoice.Auto,
            },
            AllowParallelCalls = choice.Bool("disable_parallel_tool_use") != true,
            Schema = format.Obj("schema"),
            JsonMode = format is not null,
            MaxOutputTokens = maxTokens,
            Stop = [.. (body.Arr("stop_sequences") ?? []).Select(stop => stop.AsText() ?? string.Empty)],
        };
        var window = model.StartsWith("claude-3", StringComparison.Ordinal) || model.Contains("-4-5", StringComparison.Ordinal) || model.Contains("-4-1", StringComparison.Ordinal) ? ContextWindow : LongContextWindow;
        var prompt = Tokens.OfPrompt(request);
        return prompt > window ? Bad($"prompt is too long: {prompt} tokens > {window} maximum") : (request, null);
    }

    /// <summary>The prompt up to the last block marked for the cache, or null when none is marked.</summary>
    public static string? CachedPrefix(JsonNode? body)
    {
        string? prefix = null;
        var text = new System.Text.StringBuilder();
        foreach (var part in (body.Arr("tools") ?? []).Concat(body.Arr("system") ?? []).Concat((body.Arr("messages") ?? []).SelectMany(message => message.Arr("content") ?? [])))
        {
            var marked = part.Obj("cache_control") is not null;
            text.Append(part is JsonObject block && marked ? Unmarked(block) : SandboxJson.Text(part));
            prefix = marked ? text.ToString() : prefix;
        }

        return prefix;
    }

    private static string Unmarked(JsonObject block)
    {
        var copy = (JsonObject)block.DeepClone();
        copy.Remove("cache_control");
        return SandboxJson.Text(copy);
    }

    /// <summary>Results come first in a user's message, and are turns of their own to the model.</summary>
    private static IEnumerable<Turn> UserTurns(JsonNode? content)
    {
        var results = Blocks(content).Where(block => block.Str("type") == "tool_result").ToList();
        if (results.Count > 0)
        {
            yield return new Turn(Speaker.Tool, string.Empty)
            {
                Outcomes = [.. results.Select(block => new ToolOutcome(block.Str("tool_use_id") ?? string.Empty, TextOf(block.Get("content")), block.Bool("is_error") == true))],
            };
        }

        if (TextOf(content) is { Length: > 0 } text || results.Count == 0)
        {
            yield return new Turn(Speaker.User, TextOf(content));
        }
    }

    private static Turn AssistantTurn(JsonNode? content) => new(Speaker.Assistant, TextOf(content))
    {
        Calls = [.. Blocks(content).Where(block => block.Str("type") == "tool_use").Select(block => new ToolCall(block.Str("id") ?? string.Empty, block.Str("name") ?? string.Empty, block.Obj("input") ?? []))],
    };

    private static string? Unpaired(List<Turn> turns)
    {
        for (var i = 0; i < turns.Count; i++)
        {
            var answered = i + 1 < turns.Count ? turns[i + 1].Outcomes.Select(outcome => outcome.CallId).ToHashSet() : [];
            if (turns[i].Calls.FirstOrDefault(call => !answered.Contains(call.Id)) is { } open)
            {
                return $"messages.{i}: `tool_use` ids were found without `tool_result` blocks immediately after: {open.Id}. Each `tool_use` block must have a corresponding `tool_result` block in the next message.";
            }

            var asked = i > 0 ? turns[i - 1].Calls.Select(call => call.Id).ToHashSet() : [];
            if (turns[i].Outcomes.FirstOrDefault(outcome => !asked.Contains(outcome.CallId)) is { } stray)
            {
                return $"messages.{i}.content.0: unexpected `tool_use_id` found in `tool_result` blocks: {stray.CallId}. Each `tool_result` block must have a corresponding `tool_use` block in the previous message.";
            }
        }

        return null;
    }

    private static IEnumerable<JsonNode?> Blocks(JsonNode? content) => content as JsonArray ?? [];

    private static string TextOf(JsonNode? content) => content.AsText() ?? string.Join('\n', Blocks(content).Select(block => block.Str("type") switch
    {
        "text" => block.Str("text"),
        "image" or "document" => $"[{block.Str("type")}]",
        _ => null,
    }).OfType<string>());

    private static (ModelRequest?, WireError?) Bad(string message) => (null, new WireError(400, message));

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,128}$")]
    private static partial Regex ToolName();
}
