using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Sandbox.Json;

namespace Weft.Sandbox;

/// <summary>A reply that a test puts into a model's mouth. The first rule that matches a request answers it.</summary>
public sealed record ScriptRule
{
    public ScriptMatch Match { get; init; } = new();

    public required ScriptReply Reply { get; init; }

    /// <summary>Reads rules from JSON: an array, or an object with the property <c>rules</c>.</summary>
    /// <exception cref="FormatException">The text is no such document; the message says where.</exception>
    public static IReadOnlyList<ScriptRule> Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            var document = JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            var rules = document as JsonArray ?? document.Arr("rules")
                ?? throw new FormatException("A script is a JSON array of rules, or an object with the property 'rules'.");
            return [.. rules.Select(rule => SandboxJson.From<ScriptRule>(rule ?? throw new FormatException("A script rule is null.")))];
        }
        catch (JsonException error)
        {
            throw new FormatException($"The script is not valid: {error.Message} A rule is {{\"match\": {{…}}, \"reply\": {{\"text\"|\"json\"|\"tool_calls\": …}}}}.", error);
        }
    }
}

/// <summary>Which requests a <see cref="ScriptRule"/> answers. All conditions that are given must hold.</summary>
public sealed record ScriptMatch
{
    /// <summary>Gets the model, whole or with <c>*</c> wildcards.</summary>
    public string? Model { get; init; }

    /// <summary>Gets <c>openai</c> or <c>anthropic</c>.</summary>
    public string? Provider { get; init; }

    /// <summary>Gets a text that a message holds, case-insensitive.</summary>
    public string? Contains { get; init; }

    /// <summary>Gets a property that the response schema has.</summary>
    public string? SchemaHas { get; init; }

    /// <summary>Gets a tool that must be on offer.</summary>
    public string? Tool { get; init; }

    /// <summary>Gets the one request to answer among those that match otherwise, counted from 1.</summary>
    public int? Nth { get; init; }
}

/// <summary>What the model says: text, JSON, or calls of tools. A reply with none of them is empty.</summary>
public sealed record ScriptReply
{
    public string? Text { get; init; }

    public JsonNode? Json { get; init; }

    public IReadOnlyList<ScriptCall>? ToolCalls { get; init; }

    /// <summary>Gets whether the model refuses, with <see cref="Text"/> as its words.</summary>
    public bool Refusal { get; init; }
}

/// <summary>A call that a scripted model asks for.</summary>
public sealed record ScriptCall
{
    public required string Name { get; init; }

    public JsonObject Arguments { get; init; } = [];
}
