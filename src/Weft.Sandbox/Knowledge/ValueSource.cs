using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Weft.Sandbox.Knowledge;

/// <summary>Where a value is found: under one of some names, in a text of a certain form, or by what the message is about.</summary>
internal sealed record ValueSource
{
    private static readonly TimeSpan LongestSearch = TimeSpan.FromSeconds(1);

    private Regex? _pattern;

    /// <summary>The names of JSON properties and of lines, the surest first.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>A regular expression; the value is its first group that matched.</summary>
    public string? Pattern { get; init; }

    /// <summary>Topics of which the value is the one that the message speaks of.</summary>
    public IReadOnlyList<string>? Choose { get; init; }

    /// <summary>Whether the value is a person's name, which has a capital.</summary>
    public bool IsName { get; init; }

    public JsonNode? In(string? text)
    {
        if (Pattern is null || text is null)
        {
            return null;
        }

        _pattern ??= new Regex(Pattern, RegexOptions.CultureInvariant, LongestSearch);
        if (_pattern.Match(text).Groups.Values.Skip(1).FirstOrDefault(group => group.Success)?.Value.Trim() is not { Length: > 0 } found)
        {
            return null;
        }

        return IsName ? char.ToUpperInvariant(found[0]) + found[1..] : found;
    }
}
