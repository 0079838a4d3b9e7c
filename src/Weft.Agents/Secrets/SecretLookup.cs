using Weft.Language;

namespace Weft.Agents.Secrets;

/// <summary>What one name came to.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">Its value; null: there is none.</param>
internal sealed record SecretLookup(string Name, string? Value)
{
    /// <summary>Gets the name to set where there is no value: its own, or the one that its entry reads.</summary>
    public string ToSet { get; init; } = Name;

    /// <summary>Gets why the value can't be told although there may be one; null: nothing is wrong.</summary>
    public WeftException? Unreadable { get; init; }

    /// <summary>Gets the values that its entry read, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Below { get; init; } = [];

    /// <summary>Gets every value that was read, its own first.</summary>
    public IEnumerable<KeyValuePair<string, string>> Read => Value is null ? Below : Below.Prepend(KeyValuePair.Create(Name, Value));
}
