using System.Globalization;
using System.Text;

namespace Weft.Language.Schemas;

/// <summary>Writes a pattern of ECMA-262, as JSON Schema has them, for .NET, where the same letters mean other things.</summary>
/// <remarks>
/// <para><c>$</c> is the end alone; <c>\d</c>, <c>\w</c> and <c>\s</c> are ECMA's sets; a character beyond U+FFFF is one, also in a class,
/// for <c>.</c> and for what is excluded; <c>\u{…}</c> and the long names of general categories are known.</para>
/// <para>Not to be had without backtracking: lookahead, lookbehind, back references. Not known: scripts and binary properties of Unicode
/// (<c>\p{Script=Greek}</c>, <c>\p{Emoji}</c>), sets of the <c>v</c> flag, and characters beyond U+FFFF in a class that excludes. All these
/// are refused. Otherwise than in ECMA-262, <c>\b</c> and <c>\B</c> count the letters of all scripts as parts of words, a general category
/// has no characters beyond U+FFFF, and what only .NET knows (<c>\A</c>, <c>\z</c>, <c>(?i)</c>) keeps its meaning there.</para>
/// </remarks>
internal sealed class EcmaPattern
{
    private readonly string _pattern;
    private readonly StringBuilder _text = new();
    private int _at;

    private EcmaPattern(string pattern) => _pattern = pattern;

    /// <summary>The same pattern for .NET.</summary>
    /// <exception cref="NotSupportedException">It asks for something that is not known here.</exception>
    /// <exception cref="FormatException">It is no pattern.</exception>
    public static string Translate(string pattern)
    {
        var ecma = new EcmaPattern(pattern);
        while (ecma._at < pattern.Length)
        {
            ecma.Next();
        }

        return ecma._text.ToString();
    }

    private void Next()
    {
        switch (_pattern[_at])
        {
            case '[':
                _at++;
                Class();
                break;
            case '.':
                _at++;
                _text.Append(EcmaUnits.NoneOf(@"\n\r\u2028\u2029"));
                break;
            case '$':
                _at++;
                _text.Append(@"\z");
                break;
            case '\\' when EcmaSet.At(_pattern, ref _at) is { } set:
                _text.Append(set.IsExcluded ? EcmaUnits.NoneOf(set.Members) : $"[{set.Members}]");
                break;
            case '\\' when !Sees(@"\u"):
                _text.Append(_pattern, _at, Math.Min(2, _pattern.Length - _at));
                _at += 2;
                break;
            case '\\' or (>= '\uD800' and <= '\uDBFF'):
                var point = CodePoint();
                _text.Append(point <= char.MaxValue ? EcmaUnits.Unit(point) : $"(?:{EcmaUnits.Pairs(point, point)})");
                break;
            default:
                _text.Append(_pattern[_at++]);
                break;
        }
    }

    /// <summary>A class of characters, from behind its bracket.</summary>
    private void Class()
    {
        var excludes = Takes('^');
        var units = new StringBuilder();
        var pairs = new List<string>();
        while (!Takes(']'))
        {
            if (EcmaSet.At(_pattern, ref _at) is { } set)
            {
                units.Append(set.IsExcluded ? set.Others : set.Members);
                continue;
            }

            var first = CodePoint();
            var last = first;
            if (Sees("-") && !Sees("-]"))
            {
                _at++;
                last = CodePoint();
            }

            if (last < first)
            {
                throw new FormatException($"The class has a range from U+{first:X4} to U+{last:X4}.");
            }

            if (first <= char.MaxValue)
            {
                units.Append(EcmaUnits.Unit(first)).Append('-').Append(EcmaUnits.Unit(Math.Min(last, char.MaxValue)));
            }

            if (last > char.MaxValue)
            {
                pairs.Add(EcmaUnits.Pairs(Math.Max(first, 0x10000), last));
            }
        }

        _text.Append(excludes switch
        {
            true when pairs.Count > 0 => throw new NotSupportedException("A class that excludes has characters beyond U+FFFF."),
            true => EcmaUnits.NoneOf(units.ToString()),
            _ when pairs.Count > 0 => $"(?:{(units.Length > 0 ? $"[{units}]|" : "")}{string.Join('|', pairs)})",
            _ => units.Length > 0 ? $"[{units}]" : @"[^\0-\uFFFF]",
        });
    }

    /// <summary>A character, as itself or as an escape that stands for one.</summary>
    private int CodePoint()
    {
        int point = Take();
        if (point == '\\')
        {
            point = Take() switch
            {
                'u' when Takes('{') => Hex(_pattern.IndexOf('}', _at) - _at, andBehind: 1),
                'u' => Hex(4),
                'x' => Hex(2),
                'c' => Take() % 32,
                't' => '\t',
                'n' => '\n',
                'v' => '\v',
                'f' => '\f',
                'r' => '\r',
                'b' => '\b',
                '0' => '\0',
                var other => other,
            };
        }

        var isEscaped = Sees(@"\u");
        if (point is < 0xD800 or > 0xDBFF || !(isEscaped || _at < _pattern.Length && char.IsLowSurrogate(_pattern[_at])))
        {
            return point;
        }

        _at += isEscaped ? 2 : 0;
        var low = isEscaped ? Hex(4) : Take();
        return char.ConvertToUtf32((char)point, (char)low);
    }

    private char Take() => _at < _pattern.Length ? _pattern[_at++] : throw new FormatException("The pattern breaks off.");

    private bool Takes(char next)
    {
        var takes = Take() == next;
        _at -= takes ? 0 : 1;
        return takes;
    }

    private bool Sees(string next) => string.CompareOrdinal(_pattern, _at, next, 0, next.Length) == 0;

    private int Hex(int digits, int andBehind = 0)
    {
        if (digits is < 1 or > 6 || _at + digits > _pattern.Length)
        {
            throw new FormatException("An escape lacks digits.");
        }

        var value = int.Parse(_pattern.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        _at += digits + andBehind;
        return value;
    }
}
