namespace Weft.Language.Source;

/// <summary>The text that nodes come from.</summary>
/// <param name="Name">The name as the caller gave it; null for a text without one.</param>
/// <param name="Text">The whole text, without a byte order mark.</param>
internal sealed record SourceFile(string? Name, string Text)
{
    /// <summary>Gets the file's name without folders and extension; null for a text without a name.</summary>
    public string? Stem
    {
        get
        {
            if (Name is null)
            {
                return null;
            }

            var name = Name[(Name.LastIndexOfAny(['/', '\\']) + 1)..];
            var dot = name.IndexOf('.', StringComparison.Ordinal);
            return dot > 0 ? name[..dot] : name;
        }
    }
}
