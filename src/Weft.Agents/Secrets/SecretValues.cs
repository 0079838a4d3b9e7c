using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Expressions.Values;

namespace Weft.Agents.Secrets;

/// <summary>The values that names came to. They go to the wire alone: never into a log, an error, a record or an answer.</summary>
public sealed class SecretValues
{
    private readonly Dictionary<string, SecretLookup> _lookups;

    internal SecretValues(IReadOnlyList<SecretLookup> lookups)
    {
        _lookups = lookups.ToDictionary(x => x.Name, StringComparer.Ordinal);
        Hiding = SecretHiding.Of([.. lookups.SelectMany(x => x.Read)]);
    }

    /// <summary>Gets the values of no name.</summary>
    public static SecretValues None { get; } = new([]);

    /// <summary>Gets what hides them in what comes back.</summary>
    public SecretHiding Hiding { get; }

    /// <summary>Gets the value of a name; null: it is not set, or was not asked for.</summary>
    /// <exception cref="WeftException">It can't be told, as code <c>secret_unreadable</c> or one of templates says.</exception>
    public string? this[string name] => _lookups.GetValueOrDefault(name) switch
    {
        null => null,
        { Unreadable: { } fault } => throw fault,
        var lookup => lookup.Value,
    };

    /// <summary>Puts the values in the place of the marks in a text.</summary>
    /// <exception cref="WeftException">Code <c>secret_not_set</c>: a name has neither value nor default; or a value can't be
    /// told.</exception>
    public string? Put(string? marked) => SecretPlaceholders.Substitute(marked, x => this[x], ToSet);

    /// <summary>Puts the values in the place of the marks in every text of a tree.</summary>
    /// <returns>The node itself when it holds no mark, else a new tree.</returns>
    /// <inheritdoc cref="Put(string?)" path="/exception"/>
    public JsonNode? Put(JsonNode? node) => SecretPlaceholders.Substitute(node, x => this[x], ToSet);

    /// <summary>The name that must be set before a text can be used; null: nothing is missing.</summary>
    /// <exception cref="WeftException">A value can't be told.</exception>
    public string? Missing(string? marked) => SecretPlaceholders.FirstUnset(marked, x => this[x]) is { } name ? ToSet(name) : null;

    /// <summary>Why the value of a name can't be told although there may be one; null: nothing is wrong.</summary>
    public WeftException? Unreadable(string name) => _lookups.GetValueOrDefault(name)?.Unreadable;

    private string ToSet(string name) => _lookups.GetValueOrDefault(name)?.ToSet ?? name;
}
