namespace Weft.Workflows.Expressions.GJson;

internal enum GJsonSegmentKind
{
    /// <summary>A member's name, or an index.</summary>
    Name,
    /// <summary><c>#</c>: the length, or what follows of every item.</summary>
    Each,
    /// <summary><c>#(query)</c></summary>
    First,
    /// <summary><c>#(query)#</c></summary>
    All,
}

/// <param name="Kind">What it takes.</param>
/// <param name="Text">The name, with its escapes resolved.</param>
/// <param name="Pattern">Of a name with wildcards, its parts; else null.</param>
/// <param name="Query">Of a query, its alternatives, each a list of conditions that must all hold.</param>
internal sealed record GJsonSegment(GJsonSegmentKind Kind, string Text, GJsonPattern? Pattern, GJsonCondition[][]? Query)
{
    public bool HasWildcard => Pattern is not null;
}

/// <summary><c>path operator value</c>; without an operator, the path must lead somewhere.</summary>
internal sealed record GJsonCondition(GJsonSegment[] Path, string Operator, GJsonLiteral? Literal);

/// <summary>What a condition compares with: a text, a number, or one of true, false and null.</summary>
internal sealed record GJsonLiteral(string? Text, double? Number, bool? Flag)
{
    public GJsonPattern? Pattern { get; init; }
}

/// <summary>A text with wildcards: <c>*</c> is any characters, <c>?</c> is one.</summary>
internal sealed class GJsonPattern((char Character, bool IsWild)[] parts)
{
    public bool Matches(string text)
    {
        // The usual two-pointer walk: linear in most cases, quadratic at worst.
        var (t, p, star, mark) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < parts.Length && parts[p] is ('*', true))
            {
                star = p++;
                mark = t;
            }
            else if (p < parts.Length && (parts[p] is ('?', true) || (!parts[p].IsWild && parts[p].Character == text[t])))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++mark;
            }
            else
            {
                return false;
            }
        }

        while (p < parts.Length && parts[p] is ('*', true))
        {
            p++;
        }

        return p == parts.Length;
    }
}
