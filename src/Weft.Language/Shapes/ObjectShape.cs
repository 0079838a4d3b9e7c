using System.Collections.Frozen;

namespace Weft.Language.Shapes;

/// <summary>A mapping with known keys.</summary>
/// <param name="name">Its name in the JSON Schema.</param>
/// <param name="title">What it is called in messages, with its article: <c>a node</c>.</param>
/// <param name="keys">Its keys; asked for once, at first use, so that shapes can hold themselves.</param>
internal sealed class ObjectShape(string name, string title, Func<IEnumerable<Key>> keys) : Shape
{
    private readonly Lazy<IReadOnlyList<Key>> _keys = new(() => [.. keys()]);
    private FrozenDictionary<string, Key>? _spellings;

    public string Name { get; } = name;

    public string Title { get; } = title;

    public IReadOnlyList<Key> Keys => _keys.Value;

    /// <summary>Gets every spelling of every key.</summary>
    public FrozenDictionary<string, Key> Spellings => _spellings ??= Keys
        .SelectMany(k => k.Also.Prepend(k.Name).Select(n => KeyValuePair.Create(n, k)))
        .ToFrozenDictionary();

    /// <summary>Gets hints for keys that are not known here: key → what to do instead.</summary>
    public IReadOnlyDictionary<string, string> Hints { get; init; } = new Dictionary<string, string>();

    public override string Expected => $"a mapping ({Title})";
}
