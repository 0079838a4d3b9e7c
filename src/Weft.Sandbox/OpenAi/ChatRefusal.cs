using System.Text.Json.Nodes;
using Weft.Sandbox.Chat;
using Weft.Sandbox.Json;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.OpenAi;

/// <summary>What the service says against a request that reads well: features that a model lacks, schemas that strict mode lacks,
/// length.</summary>
internal static class ChatRefusal
{
    public static WireError? Of(JsonNode? body, ModelRequest request, TokenMeter tokens)
    {
        var traits = OpenAiModelTraits.Of(request.Model);
        return Format(body.Obj("response_format"), request, traits) ?? Tools(body.Arr("tools") ?? [], request) ?? Sampling(body, traits)
            ?? Length(request, traits, tokens);
    }

    private static WireError? Format(JsonObject? format, ModelRequest request, OpenAiModelTraits traits)
    {
        var (type, asked) = (format.Str("type"), format.Obj("json_schema"));
        if ((type == "json_schema" && !traits.JsonSchema) || (type == "json_object" && !traits.JsonObject))
        {
            return Bad($"Invalid parameter: 'response_format' of type '{type}' is not supported with this model.", "response_format");
        }

        if (type == "json_object" && !request.Turns.Any(turn => turn.Text.Contains("json", StringComparison.OrdinalIgnoreCase)))
        {
            return Bad("'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.", "messages");
        }

        if (type == "json_schema" && asked.Str("name") is null)
        {
            const string Name = "response_format.json_schema.name";
            return Bad($"Missing required parameter: '{Name}'.", Name, "missing_required_parameter");
        }

        return asked.Bool("strict") == true && request.Schema is { } schema && StrictSchema.Fault(schema) is { } fault
            ? Bad($"Invalid schema for response_format '{asked.Str("name")}': {fault}", "response_format")
            : null;
    }

    private static WireError? Tools(JsonArray tools, ModelRequest request)
    {
        foreach (var function in tools.Select(tool => tool.Obj("function")).Where(function => function.Bool("strict") == true))
        {
            if (function.Obj("parameters") is { } parameters && StrictSchema.Fault(parameters) is { } fault)
            {
                return Bad($"Invalid schema for function '{function.Str("name")}': {fault}", "tools", "invalid_function_parameters");
            }
        }

        return request.MustCall && request.Tools.Count == 0
            ? Bad("Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.", "tool_choice")
            : null;
    }

    private static WireError? Sampling(JsonNode? body, OpenAiModelTraits traits) =>
        traits.Reasoning && body.Get("max_tokens") is not null
            ? Bad(
                "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
                "max_tokens", "unsupported_parameter")
            : traits.Reasoning && body.Get("temperature").AsNumber() is { } temperature && temperature is not 1
            ? Bad(
                "Unsupported value: 'temperature' does not support this value with this model. Only the default (1) value is supported.",
                "temperature", "unsupported_value")
            : null;

    private static WireError? Length(ModelRequest request, OpenAiModelTraits traits, TokenMeter tokens)
    {
        var (prompt, reserved) = (tokens.OfPrompt(request), request.MaxOutputTokens ?? 0);
        return prompt + reserved <= traits.ContextWindow ? null : Bad(
            $"This model's maximum context length is {traits.ContextWindow} tokens. However, your messages resulted in {prompt} tokens "
            + $"and {reserved} tokens were reserved for the completion. Please reduce the length of either.",
            "messages", "context_length_exceeded");
    }

    private static WireError Bad(string message, string parameter, string? code = null) =>
        new(400, message) { Parameter = parameter, Code = code };
}
