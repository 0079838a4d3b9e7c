using System.Collections.Frozen;
using Weft.Language.Source;

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
        .SelectMany(k => k.Spellings.Select(n => KeyValuePair.Create(n, k)))
        .ToFrozenDictionary();

    /// <summary>Gets hints for keys that are not known here: key → what to do instead.</summary>
    public IReadOnlyDictionary<string, string> Hints { get; init; } = new Dictionary<string, string>();

    public override string Expected => $"a mapping ({Title})";

    /// <summary>
    /// A mapping with every key under its name, whatever the spelling. Of several spellings of one key, the first in the shape's order
    /// counts.
    /// </summary>
    public SourceMap Named(SourceMap map) => map.With(
    [
        .. from entry in map.Entries
        let key = Spellings.GetValueOrDefault(entry.Key.Text)
        where key is null or { Also.Count: 0 } || key.Spellings.First(map.Has) == entry.Key.Text
        select key is null ? entry : entry with { Name = key.Name },
    ]);
}
