using System.Text.Json.Nodes;
using Weft.Agents.Models.Providers;
using Weft.Workflows;
using Weft.Workflows.Expressions;
using Weft.Workflows.Orchestration;
using Weft.Workflows.Orchestration.Activities;

namespace Weft.Agents.Models.Calls;

/// <summary>The secrets of one call: put in right before the wire, taken out of what comes back.</summary>
internal sealed class PromptSecrets(EnvSettings settings, IReadOnlyDictionary<string, string> env)
{
    // A shorter value would be struck out of ordinary words.
    private const int ShortestHidden = 6;

    private readonly Dictionary<string, string> _revealed = new(StringComparer.Ordinal);

    public JsonNode? Reveal(JsonNode? value)
    {
        try
        {
            return SecretPlaceholders.Substitute(value, Resolve);
        }
        catch (WeftException exception)
        {
            throw new ActivityException(exception.Code, exception.Message, nonRetryable: true, innerException: exception);
        }
    }

    /// <summary>The answer without the secrets that its prompt held: what is recorded must not hold them.</summary>
    public ChatTurn Hide(ChatTurn message) => _revealed.Count == 0 ? message : message with
    {
        Content = Hide(message.Content),
        ToolCalls = [.. message.ToolCalls.Select(c => c with { Arguments = Hide(c.Arguments) as JsonObject })],
    };

    private string? Resolve(string name)
    {
        var value = settings.Read(name, env);
        if (value is { Length: >= ShortestHidden })
        {
            _revealed[name] = value;
        }

        return value;
    }

    private JsonNode? Hide(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.Select(p => KeyValuePair.Create(Hide(p.Key), Hide(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Hide)]),
        JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(Hide(text)),
        _ => node?.DeepClone(),
    };

    private string Hide(string text) => _revealed.Aggregate(text, (t, secret) => t.Replace(secret.Value, $"[env.{secret.Key}]", StringComparison.Ordinal));
}
