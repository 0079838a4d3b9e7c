namespace Weft.Language.Source;

/// <summary>Says in words of the trade what the YAML parser says in its own.</summary>
internal static class YamlFault
{
    private static readonly (string Said, string Meant)[] Known =
    [
        ("mapping values are not allowed", "a ':' stands where no key can be. Quote texts that hold ': ', and check the indentation."),
        ("did not find expected key", "a key is expected here. Check the indentation, and quote texts that hold ': ' or ' #'."),
        ("did not find expected '-' indicator", "a list item ('- …') is expected here. Check the indentation."),
        ("could not find expected ':'", "a ':' is missing behind the key, or a text that spans lines needs quotes."),
        ("cannot start any token", "a text cannot begin with this character. Put it in quotes."),
        ("found unexpected end of stream", "the text ends inside a quoted text, a list or a mapping."),
        ("document end", "the text goes on where its document should end. Check the indentation of this line."),
        ("did not find expected ',' or ']'", "a ',' or ']' is missing in a list."),
        ("did not find expected ',' or '}'", "a ',' or '}' is missing in a mapping. A template as a value needs quotes: \"{{ … }}\"."),
        ("unknown escape character", "this escape is not known. In double quotes write '\\\\' for a backslash, or use single quotes."),
    ];

    public static string Explain(string message)
    {
        foreach (var (said, meant) in Known)
        {
            if (message.Contains(said, StringComparison.OrdinalIgnoreCase))
            {
                return meant;
            }
        }

        var text = message.TrimEnd('.', ' ');
        return text.Length == 0 ? "it cannot be read." : char.ToLowerInvariant(text[0]) + text[1..] + ".";
    }
}
