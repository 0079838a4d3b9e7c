using System.Globalization;
using System.Text;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Sample;

/// <summary>A text that a regular expression matches, for the expressions that schemas use: literals, classes, groups, alternatives,
/// counts, anchors.</summary>
internal sealed class PatternSample
{
    private const char End = '\0';
    private const string Digits = "0123456789";
    private const string WordCharacters = "abcdefghijklmnopqrstuvwxyz" + Digits;
    private const string Printable = "a0-_ .bcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ123456789@:/";

    private readonly string _pattern;
    private readonly ulong _seed;
    private int _at;
    private ulong _drawn;

    private PatternSample(string pattern, string seed) => (_pattern, _seed) = (pattern, Digest.Number(pattern + seed));

    private char Ahead => _at < _pattern.Length ? _pattern[_at] : End;

    public static string Of(string pattern, string seed) => new PatternSample(pattern, seed).Alternatives();

    /// <summary>The first of the alternatives; the others are read past.</summary>
    private string Alternatives()
    {
        var first = Sequence();
        while (Take('|'))
        {
            Sequence();
        }

        return first;
    }

    private string Sequence()
    {
        var text = new StringBuilder();
        while (Ahead is not (End or '|' or ')'))
        {
            var from = _at;
            var part = Part();
            var count = Count();
            var after = _at;
            for (var i = 0; i < count; i++)
            {
                text.Append(part);
                _at = from;
                part = Part();
            }

            _at = after;
        }

        return text.ToString();
    }

    private string Part() => Next() switch
    {
        '^' or '$' => string.Empty,
        '.' => "a",
        '(' => Group(),
        '[' => Class(),
        '\\' => Escaped(),
        var literal => literal.ToString(),
    };

    /// <summary>A group's text. A look-around has none: the check that follows a sample shows whether that was right.</summary>
    private string Group()
    {
        var looksAround = false;
        if (Take('?'))
        {
            Take('P');
            looksAround = !Take(':') && !(Ahead is '<' or '\'' && _pattern.ElementAtOrDefault(_at + 1) is not ('=' or '!'));
            if (!looksAround && _pattern[_at - 1] != ':')
            {
                _at = Math.Max(_at, _pattern.IndexOf(Next() == '<' ? '>' : '\'', _at) + 1);
            }
        }

        var text = Alternatives();
        Take(')');
        return looksAround ? string.Empty : text;
    }

    private string Escaped() => Next() switch
    {
        'd' => Draw(Digits),
        'w' => Draw(WordCharacters),
        's' => " ",
        'S' or 'D' => "a",
        'W' => "-",
        'b' or 'B' or 'A' or 'z' or 'Z' => string.Empty,
        't' => "\t",
        'n' => "\n",
        'p' or 'P' => PastBrace("A"),
        var literal => literal.ToString(),
    };

    private string Class()
    {
        var negated = Take('^');
        var members = new StringBuilder();
        do
        {
            var member = Next();
            if (member == '\\')
            {
                members.Append(Next() switch { 'd' => Digits, 'w' => WordCharacters + "_", 's' => " ", var literal => literal.ToString() });
            }
            else if (Ahead == '-' && _pattern.ElementAtOrDefault(_at + 1) is not (']' or End))
            {
                Take('-');
                for (var last = Next(); member <= last && members.Length < 512; member++)
                {
                    members.Append(member);
                }
            }
            else
            {
                members.Append(member);
            }
        }
        while (Ahead is not (End or ']'));

        Take(']');
        var set = members.ToString();
        return negated ? Printable.FirstOrDefault(c => !set.Contains(c, StringComparison.Ordinal), 'x').ToString() : Draw(set);
    }

    /// <summary>The least that the count behind a part asks for.</summary>
    private int Count()
    {
        var count = 1;
        if (Take('*') || Take('?'))
        {
            count = 0;
        }
        else if (Ahead == '{' && _pattern.IndexOf('}', _at) is > 0 and var end
            && int.TryParse(_pattern[(_at + 1)..end].Split(',')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var least))
        {
            count = least;
            _at = end + 1;
        }
        else if (!Take('+'))
        {
            return count;
        }

        _ = Take('?') || Take('+'); // Lazy or possessive: the least stays the least.
        return count;
    }

    private string PastBrace(string text)
    {
        _at = Math.Max(_at, _pattern.IndexOf('}', _at) + 1);
        return text;
    }

    private char Next() => _at < _pattern.Length ? _pattern[_at++] : End;

    private bool Take(char wanted)
    {
        var isNext = Ahead == wanted;
        _at += isNext ? 1 : 0;
        return isNext;
    }

    private string Draw(string set) => set[(int)((_seed + (_drawn++ * 7)) % (ulong)set.Length)].ToString();
}
