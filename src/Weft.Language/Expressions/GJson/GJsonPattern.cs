namespace Weft.Language.Expressions.GJson;

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
