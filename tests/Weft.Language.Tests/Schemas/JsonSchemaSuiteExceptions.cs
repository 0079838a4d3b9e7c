namespace Weft.Language.Tests.Schemas;

/// <summary>The cases of the official suite in which the validator does otherwise, each with the reason.</summary>
internal static class JsonSchemaSuiteExceptions
{
    /// <summary>Files that ask for something the validator leaves out as a whole.</summary>
    private static readonly Dictionary<string, string> Files = new(StringComparer.Ordinal)
    {
        ["optional/cross-draft.json"] = "schemas are read as draft 2020-12, whichever draft they name",
        ["optional/format/idn-hostname.json"] = "the format is not asserted: names in Unicode describe",
        ["optional/format/regex.json"] = "the format is not asserted: a pattern that cannot run is reported where it is used",
        ["optional/format/ecmascript-regex.json"] = "the format is not asserted: a pattern that cannot run is reported where it is used",
        ["optional/format/uri-template.json"] = "the format is not asserted: templates of URIs describe",
    };

    /// <summary>Cases by the reason: the file, its groups when not all, and the cases.</summary>
    private static readonly Dictionary<string, string[]> Cases = new(StringComparer.Ordinal)
    {
        ["formats are asserted on purpose: who writes one wants it kept"] =
        [
            .. new[]
            {
                "date", "date-time", "duration", "email", "hostname", "idn-email", "ipv4", "ipv6", "iri", "json-pointer",
                "relative-json-pointer", "time", "uri", "uuid",
            }.Select(x => $"format.json > {x} format > invalid {x} string is only an annotation by default"),
        ],
        ["the format regex is not asserted: a pattern that cannot run is reported where it is used"] =
        [
            "optional/ecmascript-regex.json > \\a is not an ECMA 262 control escape > when used as a pattern",
        ],
        ["a time may lack its zone: people and models write it so"] =
        [
            .. In("optional/format/time.json > validation of time strings", "no time offset", "no time offset with second fraction"),
        ],
        ["a duration is one of ISO 8601, which RFC 3339 narrows"] =
        [
            .. In("optional/format/duration.json > validation of duration strings",
                "fractional duration is not allowed by RFC 3339 ABNF", "years and days cannot appear without months",
                "hours and seconds cannot appear without minutes"),
        ],
        ["U+0085 counts as white space, which an address has none of"] =
        [
            .. In("optional/format/idn-email.json > validation of an internationalized e-mail addresses",
                "a C1 control in the local part is valid"),
        ],
        ["an address is read as browsers do: models and services write characters that a URI should escape"] =
        [
            .. In("optional/format/uri.json > validation of URIs", "invalid userinfo", "unescaped non US-ASCII characters",
                "invalid backslash character", "invalid \" character", "invalid <> characters", "invalid {} characters",
                "invalid ^ character", "invalid ` character", "invalid | character", "invalid percent-encoding with non-hex digits",
                "incomplete percent-encoding triplet", "lone percent sign is invalid"),
            .. In("optional/format/uri-reference.json > validation of URI References", "an invalid URI Reference",
                "an invalid URI fragment", "unescaped non US-ASCII characters", "invalid backslash character",
                "an incomplete percent-encoding", "a double quote in a path", "square brackets outside an authority",
                "a non-numeric port in a network-path reference", "more than one at-sign in the authority",
                "a leading zero in the IPv4 part of an IPv6 literal", "a colon in the first segment of a relative-path reference"),
            .. In("optional/format/iri-reference.json > validation of IRI References", "an invalid IRI Reference",
                "an invalid IRI fragment"),
        ],
        ["an address is read by .NET, which knows neither IPvFuture nor file: without an authority, and takes 01 as a part of IPv4"] =
        [
            .. In("optional/format/iri.json > validation of IRIs", "an IPv6 host whose embedded IPv4 has a leading zero is invalid",
                "an IPvFuture host with an uppercase version letter is valid", "a valid IRI with no authority and an absolute path"),
        ],
        ["what a Punycode label stands for is not looked into"] =
        [
            .. In("optional/format/hostname.json > validation of A-label (punycode) host names", "invalid Punycode",
                "contains illegal char U+302E Hangul single dot tone mark", "Begins with a Spacing Combining Mark",
                "Begins with a Nonspacing Mark", "Begins with an Enclosing Mark",
                "Exceptions that are DISALLOWED, right-to-left chars", "Exceptions that are DISALLOWED, left-to-right chars",
                "MIDDLE DOT with no preceding 'l'", "MIDDLE DOT with nothing preceding", "MIDDLE DOT with no following 'l'",
                "MIDDLE DOT with nothing following", "Greek KERAIA not followed by Greek", "Greek KERAIA not followed by anything",
                "Hebrew GERESH not preceded by Hebrew", "Hebrew GERESH not preceded by anything",
                "Hebrew GERSHAYIM not preceded by Hebrew", "Hebrew GERSHAYIM not preceded by anything",
                "KATAKANA MIDDLE DOT with no Hiragana, Katakana, or Han", "KATAKANA MIDDLE DOT with no other characters",
                "Arabic-Indic digits mixed with Extended Arabic-Indic digits", "ZERO WIDTH JOINER not preceded by Virama",
                "ZERO WIDTH JOINER not preceded by anything", "contains \"--\" in the 3rd and 4th position"),
        ],
    };

    private static readonly HashSet<string> Names = Cases.Values.SelectMany(x => x).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether a whole file is left out.</summary>
    public static bool IsLeftOut(string file) => Files.ContainsKey(file);

    /// <summary>Whether the validator does otherwise in a case, <c>file > group > case</c>.</summary>
    public static bool Has(string name) => Names.Contains(name);

    private static IEnumerable<string> In(string group, params string[] cases) => cases.Select(x => $"{group} > {x}");
}
