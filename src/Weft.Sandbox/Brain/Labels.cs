using System.Text;
using System.Text.RegularExpressions;

namespace Weft.Sandbox.Brain;

/// <summary>The <c>Name: value</c> lines of a prompt.</summary>
internal static partial class Labels
{
    /// <summary>Lower case, words joined by underscores: <c>Order ID</c> is <c>order_id</c>.</summary>
    public static string Key(string name)
    {
        var key = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (char.IsUpper(c) && i > 0 && char.IsLower(name[i - 1]))
            {
                key.Append('_');
            }

            if (char.IsLetterOrDigit(c))
            {
                key.Append(char.ToLowerInvariant(c));
            }
            else if (key.Length > 0 && key[^1] != '_')
            {
                key.Append('_');
            }
        }

        return key.ToString().Trim('_');
    }

    /// <summary>Labels and values in order; a value may go on over the lines below, up to an empty one or the next label.</summary>
    public static IEnumerable<KeyValuePair<string, string>> In(string text)
    {
        string? label = null;
        var value = new StringBuilder();
        foreach (var line in text.Split('\n'))
        {
            var match = Line().Match(line);
            if (match.Success && match.Groups[1].Value is not ("http" or "https"))
            {
                if (label is not null)
                {
                    yield return new(label, value.ToString().Trim());
                }

                label = Key(match.Groups[1].Value);
                value.Clear().Append(match.Groups[2].Value);
            }
            else if (label is not null && IsShort(value))
            {
                yield return new(label, value.ToString());
                label = null;
                value.Clear();
            }
            else if (label is not null)
            {
                if (string.IsNullOrWhiteSpace(line) && value.Length > 0)
                {
                    yield return new(label, value.ToString().Trim());
                    label = null;
                    value.Clear();
                }
                else
                {
                    value.Append('\n').Append(line.Trim());
                }
            }
        }

        if (label is not null)
        {
            yield return new(label, value.ToString().Trim());
        }
    }

    /// <summary>A word or two on the label's own line is the whole value; a sentence may go on.</summary>
    private static bool IsShort(StringBuilder value) => value.Length is > 0 and < 40 && value.ToString().Count(c => c == ' ') < 3 && !value.ToString().Contains('\n', StringComparison.Ordinal);

    [GeneratedRegex(@"^\s*(?:[-*•]\s+|#+\s*)?\**([A-Za-z][A-Za-z0-9 _/'()-]{0,60}?)\**\s*:\**(?:\s+(.*\S))?\s*$")]
    private static partial Regex Line();
}
