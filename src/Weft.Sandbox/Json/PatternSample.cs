using System.Globalization;
using System.Text;

namespace Weft.Sandbox.Json;

/// <summary>A text that a regular expression matches, for the expressions that schemas use: literals, classes, groups, alternatives, counts, anchors.</summary>
internal sealed class PatternSample
{
    private const string Printable = "a0-_ .bcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ123456789@:/";
    private readonly string _pattern;
    private readonly ulong _seed;
    private int _at;
    private ulong _drawn;

    private PatternSample(string pattern, string seed)
    {
        _pattern = pattern;
        _seed = Digest.Number(seed);
    }

    public static string Of(string pattern, string seed) => new PatternSample(pattern, pattern + seed).Alternatives();

    private string Alternatives()
    {
        var first = Sequence();
        while (_at < _pattern.Length && _pattern[_at] == '|')
        {
            _at++;
            Sequence();
        }

        return first;
    }

    private string Sequence()
    {
        var text = new StringBuilder();
        while (_at < _pattern.Length && _pattern[_at] is not ('|' or ')'))
        {
            var from = _at;
            var part = Part();
            var (min, max) = Count();
            text.Append(part);
            for (var i = 1; i < min; i++)
            {
                var after = _at;
                _at = from;
                text.Append(Part());
                _at = after;
            }

            if (min == 0 && max >= 0)
            {
                text.Length -= part.Length;
            }
        }

        return text.ToString();
    }

    private string Part()
    {
        var c = _pattern[_at++];
        switch (c)
        {
            case '^' or '$':
                return string.Empty;
            case '.':
                return "a";
            case '(':
                if (_at + 1 < _pattern.Length && _pattern[_at] == '?')
                {
                    _at = _pattern[_at + 1] switch { ':' => _at + 2, '<' or '\'' or 'P' => _pattern.IndexOf('>', _at) + 1, _ => Skip() };
                }

                var group = _at < _pattern.Length && _pattern[_at - 1] != ')' ? Alternatives() : string.Empty;
                _at = Math.Min(_pattern.Length, _at + (_at < _pattern.Length && _pattern[_at] == ')' ? 1 : 0));
                return group;
            case '[':
                return Class().ToString();
            case '\\':
                return Escape();
            default:
                return c.ToString();
        }
    }

    /// <summary>A look-around matches nothing: it is skipped, and the check that follows a sample shows whether that was right.</summary>
    private int Skip()
    {
        var depth = 1;
        var at = _at;
        while (at < _pattern.Length && depth > 0)
        {
            depth += _pattern[at++] switch { '(' => 1, ')' => -1, _ => 0 };
        }

        return at;
    }

    private string Escape()
    {
        var c = _at < _pattern.Length ? _pattern[_at++] : '\\';
        return c switch
        {
            'd' => Draw("0123456789").ToString(),
            'w' => Draw("abcdefghijklmnopqrstuvwxyz0123456789").ToString(),
            's' => " ",
            'S' or 'D' or 'W' => c == 'W' ? "-" : "a",
            'b' or 'B' or 'A' or 'z' or 'Z' => string.Empty,
            't' => "\t",
            'n' => "\n",
            'p' or 'P' => PropertyLetter(),
            _ => c.ToString(),
        };
    }

    private string PropertyLetter()
    {
        _at = Math.Min(_pattern.Length, _pattern.IndexOf('}', _at) + 1);
        return "A";
    }

    private char Class()
    {
        var negated = _at < _pattern.Length && _pattern[_at] == '^';
        _at += negated ? 1 : 0;
        var members = new StringBuilder();
        for (var first = true; _at < _pattern.Length && (first || _pattern[_at] != ']'); first = false)
        {
            var c = _pattern[_at++];
            if (c == '\\' && _at < _pattern.Length)
            {
                members.Append(_pattern[_at++] switch { 'd' => "0123456789", 'w' => "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789_", 's' => " ", var literal => literal.ToString() });
            }
            else if (_at + 1 < _pattern.Length && _pattern[_at] == '-' && _pattern[_at + 1] != ']')
            {
                for (var member = c; member <= _pattern[_at + 1] && members.Length < 512; member++)
                {
                    members.Append(member);
                }

                _at += 2;
            }
            else
            {
                members.Append(c);
            }
        }

        _at = Math.Min(_pattern.Length, _at + 1);
        var set = members.ToString();
        return negated ? Printable.FirstOrDefault(c => !set.Contains(c, StringComparison.Ordinal), 'x') : Draw(set.Length > 0 ? set : "x");
    }

    private (int Min, int Max) Count()
    {
        if (_at >= _pattern.Length)
        {
            return (1, 1);
        }

        (int, int) count;
        switch (_pattern[_at])
        {
            case '*' or '?':
                _at++;
                count = (0, 0);
                break;
            case '+':
                _at++;
                count = (1, int.MaxValue);
                break;
            case '{' when _pattern.IndexOf('}', _at) is > 0 and var end && int.TryParse(_pattern[(_at + 1)..end].Split(',')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var min):
                _at = end + 1;
                count = (min, min);
                break;
            default:
                return (1, 1);
        }

        _at += _at < _pattern.Length && _pattern[_at] is '?' or '+' ? 1 : 0;
        return count;
    }

    private char Draw(string set) => set[(int)((_seed + (_drawn++ * 7)) % (ulong)set.Length)];
}
