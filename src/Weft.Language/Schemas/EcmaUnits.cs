namespace Weft.Language.Schemas;

/// <summary>Writes characters as the units of UTF-16 that .NET's patterns are made of.</summary>
internal static class EcmaUnits
{
    /// <summary>One character that is none of some units: two units when it lies beyond U+FFFF.</summary>
    public static string NoneOf(string units) => $@"(?:[^{units}\uD800-\uDFFF]|[\uD800-\uDBFF][\uDC00-\uDFFF])";

    /// <summary>One unit, escaped.</summary>
    public static string Unit(int unit) => $"\\u{unit:X4}";

    /// <summary>The pairs of units of a range beyond U+FFFF: of its first high unit, of those between, and of its last.</summary>
    public static string Pairs(int first, int last)
    {
        var (from, to) = (char.ConvertFromUtf32(first), char.ConvertFromUtf32(last));
        if (from[0] == to[0])
        {
            return $"{Unit(from[0])}[{Unit(from[1])}-{Unit(to[1])}]";
        }

        var between = to[0] - from[0] > 1 ? $@"|[{Unit(from[0] + 1)}-{Unit(to[0] - 1)}][\uDC00-\uDFFF]" : "";
        return $@"{Unit(from[0])}[{Unit(from[1])}-\uDFFF]{between}|{Unit(to[0])}[\uDC00-{Unit(to[1])}]";
    }
}
