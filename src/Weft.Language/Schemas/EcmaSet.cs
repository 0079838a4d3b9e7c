namespace Weft.Language.Schemas;

/// <summary>A set of characters that an escape of ECMA-262 names, as the inside of a class of .NET.</summary>
/// <param name="Members">Those in the set.</param>
/// <param name="Others">Those not in it.</param>
/// <param name="IsExcluded">Whether the escape means the others.</param>
internal sealed record EcmaSet(string Members, string Others, bool IsExcluded)
{
    private const string LongNames =
        "Letter=L Lowercase_Letter=Ll Uppercase_Letter=Lu Titlecase_Letter=Lt Modifier_Letter=Lm Other_Letter=Lo Mark=M Combining_Mark=M "
        + "Nonspacing_Mark=Mn Spacing_Mark=Mc Enclosing_Mark=Me Number=N Decimal_Number=Nd digit=Nd Letter_Number=Nl Other_Number=No "
        + "Punctuation=P punct=P Connector_Punctuation=Pc Dash_Punctuation=Pd Open_Punctuation=Ps Close_Punctuation=Pe "
        + "Initial_Punctuation=Pi Final_Punctuation=Pf Other_Punctuation=Po Symbol=S Math_Symbol=Sm Currency_Symbol=Sc "
        + "Modifier_Symbol=Sk Other_Symbol=So Separator=Z Space_Separator=Zs Line_Separator=Zl Paragraph_Separator=Zp Other=C Control=Cc "
        + "cntrl=Cc Format=Cf Surrogate=Cs Private_Use=Co Unassigned=Cn";

    private const string NoSpaces =
        @"\0-\x08\x0E-\x1F!-\x9F\u00A1-\u167F\u1681-\u1FFF\u200B-\u2027\u202A-\u202E\u2030-\u205E\u2060-\u2FFF\u3001-\uFEFE\uFF00-\uFFFF";

    private static readonly Dictionary<string, string> Categories =
        LongNames.Split(' ').Select(x => x.Split('=')).ToDictionary(x => x[0], x => x[1]);

    /// <summary>Reads the escape at a place, and goes behind it.</summary>
    /// <returns>Null when none stands there.</returns>
    /// <exception cref="FormatException">The name of a property breaks off.</exception>
    public static EcmaSet? At(string pattern, ref int at)
    {
        var letter = at + 1 < pattern.Length && pattern[at] == '\\' ? pattern[at + 1] : ' ';
        EcmaSet? set = letter switch
        {
            'd' or 'D' => new("0-9", @"\0-/:-\uFFFF", letter == 'D'),
            'w' or 'W' => new("0-9A-Z_a-z", @"\0-/:-@\[-\^`{-\uFFFF", letter == 'W'),
            's' or 'S' => new(
                @"\t-\r \u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF", NoSpaces, letter == 'S'),
            _ => null,
        };
        at += set is null ? 0 : 2;
        return set is null && letter is 'p' or 'P' ? Property(pattern, ref at, letter == 'P') : set;
    }

    private static EcmaSet Property(string pattern, ref int at, bool isExcluded)
    {
        var end = pattern.IndexOf('}', at);
        if (end < at + 4 || pattern[at + 2] != '{')
        {
            throw new FormatException(@"\p lacks its {name}.");
        }

        var name = pattern[(at + 3)..end];
        name = name.StartsWith("gc=", StringComparison.Ordinal) || name.StartsWith("General_Category=", StringComparison.Ordinal)
            ? name[(name.IndexOf('=', StringComparison.Ordinal) + 1)..] : name;
        at = end + 1;
        var category = Categories.GetValueOrDefault(name, name);
        return new EcmaSet($@"\p{{{category}}}", $@"\P{{{category}}}", isExcluded);
    }
}
