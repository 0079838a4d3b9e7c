using System.Text;
using System.Text.Json.Nodes;

namespace Weft.Sandbox.Knowledge;

/// <summary>The <c>Name: value</c> lines of a text.</summary>
internal static class Labels
{
    private const int LongestName = 40;

    /// <summary>Lower case, words joined by underscores: <c>Order ID</c> and <c>orderId</c> are <c>order_id</c>.</summary>
    public static string Key(string name)
    {
        var key = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && char.IsLower(name[i - 1]))
            {
                key.Append('_');
            }

            if (char.IsLetterOrDigit(name[i]))
            {
                key.Append(char.ToLowerInvariant(name[i]));
            }
            else if (key.Length > 0 && key[^1] != '_')
            {
                key.Append('_');
            }
        }

        return key.ToString().TrimEnd('_');
    }

    /// <summary>Names and values, in order. JSON values are not among them: they are read as JSON.</summary>
    public static IEnumerable<(string Name, string Value)> In(string text) =>
        text.Split('\n').Select(Read).OfType<(string Name, string Value)>().Where(label => label.Value is not ['{' or '[', ..]);

    /// <summary>The other lines of a text, as one, without its JSON and its lists.</summary>
    public static string Without(IEnumerable<(string Before, JsonNode? Node)> text)
    {
        var lines = string.Concat(text.Select(part => part.Before)).Split('\n', StringSplitOptions.TrimEntries);
        return string.Join(' ', lines.Where(line => line is not ([] or ['`', ..] or ['-', ' ', ..]) && Read(line) is null));
    }

    private static (string Name, string Value)? Read(string line)
    {
        if (line.Split(": ", 2) is not [var before, var value] || string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        var name = before.Trim(' ', '*', '#', '-');
        var isShort = name.Length is > 0 and <= LongestName;
        return isShort && char.IsLetter(name[0]) && name.All(c => char.IsLetterOrDigit(c) || c is ' ' or '_')
            ? (Key(name), value.Trim().Trim('"')) : null;
    }
}
