namespace Weft.Language.Expressions.Syntax;

/// <summary>A path of the scope that an expression reads, as far as it is known without evaluating it.</summary>
/// <param name="Segments">The root and the known names or indexes below it: <c>classify_intent, output, intent</c>. Never empty.</param>
/// <param name="Tolerant">Whether a path that leads to nothing does no harm there, as below <c>default</c>, <c>is defined</c> or
/// <c>if</c>.</param>
public sealed record ReferencedPath(IReadOnlyList<string> Segments, bool Tolerant)
{
    /// <summary>Gets the name in the scope.</summary>
    public string Root => Segments[0];

    /// <summary>The path as it is written with dots.</summary>
    public override string ToString() => string.Join('.', Segments);

    /// <inheritdoc/>
    public bool Equals(ReferencedPath? other) =>
        other is not null && Tolerant == other.Tolerant && Segments.SequenceEqual(other.Segments, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Tolerant);
        foreach (var segment in Segments)
        {
            hash.Add(segment, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }
}
