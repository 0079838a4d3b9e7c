namespace Weft.Language.Source;

/// <summary>One entry of a mapping.</summary>
/// <param name="Key">The key as it is written: what findings show.</param>
/// <param name="Value">Its value.</param>
internal readonly record struct SourceEntry(SourceScalar Key, SourceNode Value)
{
    /// <summary>Gets the name by which the entry is found: the key's, until the shape check gives it the language's name.</summary>
    public string Name { get => field ?? Key.Text; init; }
}
