namespace Weft.Language.Shapes;

/// <summary>A key of a mapping.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">What stands behind it.</param>
/// <param name="Doc">What it is for, in a sentence.</param>
internal sealed record Key(string Name, Shape Shape, string Doc)
{
    public bool Required { get; init; }

    /// <summary>Gets other spellings of the same key.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    /// <summary>Gets its name, and then the other spellings.</summary>
    public IEnumerable<string> Spellings => Also.Prepend(Name);

    /// <summary>Gets the default, for people.</summary>
    public string? Default { get; init; }

    /// <summary>Gets why the key has no effect; null: it has one.</summary>
    public string? Idle { get; init; }
}
