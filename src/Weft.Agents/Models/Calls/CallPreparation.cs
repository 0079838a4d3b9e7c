using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Weft.Agents.Models.Catalog;
using Weft.Agents.Models.Providers;
using Weft.Agents.Tools;
using Weft.Language;
using Weft.Workflows.Agents;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Models.Calls;

/// <summary>Makes of a request what a provider is asked: messages, tools, the form of the reply, limits.</summary>
internal static class CallPreparation
{
    private static readonly string[] StopNames = ["stop", "stop_words", "stop_sequences"];

    /// <param name="request">The request.</param>
    /// <param name="turns">Its messages, whole: payloads fetched, secrets in place.</param>
    /// <param name="spec">The model.</param>
    /// <param name="kind">The wire it speaks.</param>
    /// <param name="tools">The tools on offer.</param>
    public static PreparedCall Prepare(
        CallModelRequest request, IReadOnlyList<ChatTurn> turns, ModelSpec spec, ProviderKind kind, IReadOnlyList<ToolSpec> tools)
    {
        var options = new ChatOptions
        {
            Temperature = spec.AcceptsTemperature ? (float?)(request.Temperature ?? spec.Temperature) : null,
            AdditionalProperties = [],
        };
        List<ChatMessage> messages = [.. turns.Select(Message)];
        AddParams(options, spec.Params);
        if (tools.Count > 0)
        {
            options.Tools = [.. tools.Select(
                t => (AITool)AIFunctionFactory.CreateDeclaration(
                    t.ModelName, t.Description, ReplyJson.ToElement(ObjectSchema(t.Parameters))))];
            options.ToolMode = request.ToolChoice switch
            {
                "none" => ChatToolMode.None,
                "required" when spec.AcceptsForcedTools => ChatToolMode.RequireAny,
                _ => ChatToolMode.Auto,
            };
            if (request.ToolChoice == "required" && !spec.AcceptsForcedTools)
            {
                messages = PreparedCall.Instruct(messages, Prompts.MustCall);
            }
        }

        var call = new PreparedCall(messages, options) { Texts = [.. messages.SelectMany(Texts)] };
        call = Shape(call, request, spec, kind, tools.Count > 0);
        return call with { Prompt = Billed(call, request, tools) };
    }

    private static PromptText Billed(PreparedCall call, CallModelRequest request, IReadOnlyList<ToolSpec> tools)
    {
        var contents = call.Messages.SelectMany(m => m.Contents).ToList();
        List<string> texts = [.. call.Messages.SelectMany(Texts), .. contents.OfType<FunctionCallContent>().Select(c => c.Name)];
        texts.AddRange(tools.SelectMany(t => new[] { t.ModelName, t.Description ?? "", t.Parameters.ToJsonString(WeftJson.Options) }));
        if (call.Options.ResponseFormat is ChatResponseFormatJson { Schema: not null })
        {
            texts.Add(request.OutputSchema!.ToJsonString(WeftJson.Options)); // a format with a schema is made of it
        }

        var images = contents.Count(c => c is DataContent or UriContent);
        var frames = call.Messages.Count + contents.Count(c => c is FunctionCallContent) + (tools.Count * 2)
            + (request.OutputSchema is null ? 0 : 10);
        return new PromptText(texts, (frames * TokenEstimator.PerMessage) + (images * TokenEstimator.PerImage));
    }

    // A provider that can holds the reply to the schema; another to some JSON object, told the schema; the rest is told alone.
    private static PreparedCall Shape(PreparedCall call, CallModelRequest request, ModelSpec spec, ProviderKind kind, bool hasTools)
    {
        if (request.OutputSchema is null && !request.JsonMode)
        {
            return call;
        }

        var words = request.OutputSchema is { } schema
            ? Prompts.FitsSchema + schema.ToJsonString(WeftJson.Options)
            : Prompts.IsJson;

        // Tools and a held form together are a matter of the two that document it; others answer 400, or drop one of them.
        var mayHold = !hasTools || spec.Provider is "openai" or "azure" or "anthropic";
        if (mayHold && request.OutputSchema is not null && spec.Supports.HasFlag(ModelSupport.StructuredOutput))
        {
            var element = ReplyJson.ToElement(request.OutputSchema);
            if (kind == ProviderKind.Anthropic ? SchemaStrictness.FitsAnthropic(element) : SchemaStrictness.FitsOpenAi(element))
            {
                call.Options.ResponseFormat = ChatResponseFormat.ForJsonSchema(element, "answer");
                return call with { FormInWords = words };
            }
        }

        if (mayHold && kind != ProviderKind.Anthropic && spec.Supports.HasFlag(ModelSupport.JsonMode))
        {
            call.Options.ResponseFormat = ChatResponseFormat.Json;
        }

        return call with { Messages = PreparedCall.Instruct(call.Messages, words) };
    }

    private static ChatMessage Message(ChatTurn turn)
    {
        switch (turn.Role)
        {
            case "tool":
                return new ChatMessage(ChatRole.Tool, [new FunctionResultContent(turn.ToolCallId ?? "", TextOf(turn.Content))]);
            case "assistant":
                var said = TextOf(turn.Content);
                List<AIContent> contents = said.Length > 0 ? [new TextContent(said)] : [];
                contents.AddRange(turn.ToolCalls.Select(c => new FunctionCallContent(
                    c.Id, c.Name, c.Arguments?.ToDictionary(p => p.Key, p => (object?)p.Value?.DeepClone()) ?? [])));
                return new ChatMessage(ChatRole.Assistant, contents);
            case "system":
                return new ChatMessage(ChatRole.System, TextOf(turn.Content));
            default:
                return new ChatMessage(ChatRole.User, Parts(turn.Content));
        }
    }

    // A list of parts, as the chat APIs write them, is taken as such; any other value is text, or JSON as text.
    private static List<AIContent> Parts(JsonNode? content)
    {
        if (content is not JsonArray { Count: > 0 } list || !list.All(IsPart))
        {
            return [new TextContent(TextOf(content))];
        }

        return [.. list.Select(part => Image(part!) ?? new TextContent((string?)part!["text"] ?? ""))];

        static bool IsPart(JsonNode? node) => node is JsonObject o && o["type"] is JsonValue type && type.TryGetValue<string>(out var word)
            && (word is "text" or "input_text" ? o["text"] is JsonValue
                : word is "image_url" or "input_image" && o["image_url"] is not null);
    }

    private static AIContent? Image(JsonNode part)
    {
        var image = part["image_url"];
        var url = image is JsonValue value && value.TryGetValue<string>(out var text) ? text : (image as JsonObject)?["url"]?.ToString();
        return url is null ? null
            : url.StartsWith("data:", StringComparison.Ordinal) ? new DataContent(url)
            : Uri.TryCreate(url, UriKind.Absolute, out var uri) ? new UriContent(uri, "image/*")
            : null;
    }

    private static string TextOf(JsonNode? content) => content switch
    {
        null => "",
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => content.ToJsonString(WeftJson.Options),
    };

    private static IEnumerable<string> Texts(ChatMessage message) => message.Contents.Select(c => c switch
    {
        TextContent text => text.Text,
        FunctionResultContent result => result.Result as string ?? "",
        FunctionCallContent call => WireOptions.ArgumentsText(call),
        _ => "",
    }).Where(t => t.Length > 0);

    // Providers refuse a schema of arguments that does not say that they are an object.
    private static JsonObject ObjectSchema(JsonObject parameters)
    {
        if (parameters["type"] is not null)
        {
            return parameters;
        }

        var schema = (JsonObject)parameters.DeepClone();
        schema["type"] = "object";
        return schema;
    }

    private static void AddParams(ChatOptions options, JsonObject? parameters)
    {
        foreach (var (name, value) in parameters ?? [])
        {
            if (StopNames.Contains(name, StringComparer.Ordinal))
            {
                options.StopSequences = value is JsonArray list ? [.. list.Select(s => s?.ToString() ?? "").Where(s => s.Length > 0)]
                    : value is null ? null : [value.ToString()];
            }
            else
            {
                options.AdditionalProperties![name] = value?.DeepClone();
            }
        }
    }
}
