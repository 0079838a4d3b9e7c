using System.Text.Json.Nodes;
using Weft.Agents.Models.Providers;
using Weft.Agents.Secrets;
using Weft.Language;
using Weft.Language.Expressions.Values;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Agents.Models.Calls;

/// <summary>The secrets of one call: put in right before the wire, taken out of what comes back.</summary>
/// <param name="settings">The host's settings.</param>
/// <param name="env">The workflow's own <c>env</c>, which goes before them.</param>
/// <param name="vault">Where names are looked up that no setting has; null: nowhere.</param>
/// <param name="own">The step's own entries, rendered, which go before the workflow's; null: none.</param>
internal sealed class PromptSecrets(EnvSettings settings, IReadOnlyDictionary<string, string> env, ISecretVault? vault, IReadOnlyDictionary<string, string>? own = null)
{
    // A shorter value would be struck out of ordinary words.
    private const int ShortestHidden = 6;

    private readonly Dictionary<string, string?> _values = new(StringComparer.Ordinal);

    /// <exception cref="ActivityException">Code <c>secret_not_set</c>.</exception>
    public async Task<JsonNode?> RevealAsync(JsonNode? value, CancellationToken cancellationToken)
    {
        if (!SecretPlaceholders.Contains(value))
        {
            return value;
        }

        foreach (var name in Texts(value).SelectMany(SecretPlaceholders.Names).Where(n => !_values.ContainsKey(n)).ToList())
        {
            await FindAsync(name, cancellationToken);
        }

        try
        {
            return SecretPlaceholders.Substitute(value, _values.GetValueOrDefault);
        }
        catch (WeftException exception)
        {
            throw new ActivityException(exception.Code, exception.Message, nonRetryable: true, innerException: exception);
        }
    }

    private async Task FindAsync(string name, CancellationToken cancellationToken)
    {
        if (own is null || !own.TryGetValue(name, out var rendered))
        {
            _values[name] = await BelowAsync(name, cancellationToken);
            return;
        }

        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var inner in SecretPlaceholders.Names(rendered))
        {
            values[inner] = await BelowAsync(inner, cancellationToken);
        }

        _values[name] = values.ContainsValue(null) ? null : SecretPlaceholders.Substitute(rendered, values.GetValueOrDefault);
    }

    private async Task<string?> BelowAsync(string name, CancellationToken cancellationToken) =>
        settings.Read(name, env) ?? (vault is null ? null : await vault.GetAsync(name, cancellationToken));

    /// <summary>The answer without the secrets that its prompt held: what is recorded must not hold them.</summary>
    public ChatTurn Hide(ChatTurn message) => _values.Count == 0 ? message : message with
    {
        Content = Hide(message.Content),
        ToolCalls = [.. message.ToolCalls.Select(c => c with { Arguments = Hide(c.Arguments) as JsonObject })],
    };

    private JsonNode? Hide(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.Select(p => KeyValuePair.Create(Hide(p.Key), Hide(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Hide)]),
        JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(Hide(text)),
        _ => node?.DeepClone(),
    };

    private string Hide(string text) => _values
        .Where(s => s.Value is { Length: >= ShortestHidden })
        .Aggregate(text, (t, secret) => t.Replace(secret.Value!, $"[env.{secret.Key}]", StringComparison.Ordinal));

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => Texts(p.Value).Prepend(p.Key)),
        JsonArray a => a.SelectMany(Texts),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };
}
