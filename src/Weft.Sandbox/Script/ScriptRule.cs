using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Script;

/// <summary>What a model says to requests of a certain kind. The first rule that matches a request answers it.</summary>
/// <remarks>docs/sandbox.md has the language with examples. The sandbox's own behaviour is made of such rules too; they come after
/// these.</remarks>
public sealed record ScriptRule
{
    /// <summary>Gets which requests the rule answers. The default is any.</summary>
    public ScriptMatch Match { get; init; } = new();

    /// <summary>Gets what the model says.</summary>
    public required ScriptReply Reply { get; init; }

    /// <summary>Reads rules from JSON: an array, or an object with the property <c>rules</c>.</summary>
    /// <exception cref="FormatException">The text is no such document; the message says where.</exception>
    public static IReadOnlyList<ScriptRule> Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            var document = JsonNode.Parse(json, documentOptions: SandboxJson.Lenient);
            var rules = document as JsonArray ?? document.Arr("rules")
                ?? throw new FormatException("A script is a JSON array of rules, or an object with the property 'rules'.");
            return [.. rules.Select(rule => SandboxJson.From<ScriptRule>(rule ?? throw new FormatException("A script rule is null.")))];
        }
        catch (JsonException error)
        {
            throw new FormatException(
                $"The script is not valid: {error.Message} A rule is {{\"match\": {{…}}, \"reply\": {{…}}}}, and a reply has one of "
                + "\"text\", \"json\", \"tool_calls\", or else \"steps\" and \"answer\".",
                error);
        }
    }
}
