using Weft.Language.Diagnostics;

namespace Weft.Language.Source;

/// <summary>Reads a YAML or JSON text into nodes that know where they stand.</summary>
internal static class SourceReader
{
    /// <summary>The root of the text, or null when it cannot be read; then the bag says why.</summary>
    public static SourceNode? Read(string text, string? fileName, DiagnosticBag bag)
    {
        if (text.Length > LoadLimits.MaxTextLength)
        {
            bag.Error(
                DiagnosticCodes.TextTooLong,
                new SourceSpan(fileName, 1, 1),
                $"The text is {text.Length:N0} characters long; at most {LoadLimits.MaxTextLength:N0} are read. Split the workflow, or "
                + $"keep its data elsewhere.");
            return null;
        }

        text = WholeText.Of(text);
        var file = new SourceFile(fileName, text.StartsWith('\uFEFF') ? text[1..] : text);
        if (LooksLikeJson(file) is not { } certain)
        {
            return YamlSourceReader.Read(file, bag);
        }

        // A text in braces is JSON, or YAML in flow style: JSON is tried first, and the name of the file decides whose fault is told.
        var asJson = new DiagnosticBag(LoadLimits.MaxDiagnostics);
        if (JsonSourceReader.Read(file, asJson) is { } root)
        {
            return root;
        }

        var asYaml = new DiagnosticBag(LoadLimits.MaxDiagnostics);
        if (!certain && YamlSourceReader.Read(file, asYaml) is { } flow)
        {
            return flow;
        }

        bag.AddRange((certain || MeantAsJson(file) ? asJson : asYaml).ToList(fileName));
        return null;
    }

    /// <summary>True: JSON by its file name; false: perhaps JSON; null: certainly not.</summary>
    private static bool? LooksLikeJson(SourceFile file)
    {
        if (file.Name?.EndsWith(".json", StringComparison.OrdinalIgnoreCase) == true)
        {
            return true;
        }

        var start = file.Text.AsSpan().TrimStart();
        return start.StartsWith("{") || start.StartsWith("[") ? false : null;
    }

    private static bool MeantAsJson(SourceFile file)
    {
        var rest = file.Text.AsSpan().TrimStart()[1..].TrimStart();
        return rest.StartsWith("\"") || rest.StartsWith("{") || rest.StartsWith("}");
    }
}
