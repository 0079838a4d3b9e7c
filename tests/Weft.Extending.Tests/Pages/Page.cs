using System.Text.RegularExpressions;

namespace Weft.Extending.Tests.Pages;

/// <summary>A page of docs/extend.</summary>
internal sealed partial class Page
{
    private Page(string file)
    {
        Name = Path.GetFileName(file);
        Text = File.ReadAllText(file).ReplaceLineEndings("\n");
        Blocks = [.. Block().Matches(Text).Select(m => new CodeBlock(
            PathOf(m.Groups["above"].Value), m.Groups["language"].Value, m.Groups["code"].Value))];
    }

    public static IReadOnlyList<Page> All { get; } =
        [.. Directory.GetFiles(Tree.At("docs/extend"), "*.md").Order(StringComparer.Ordinal).Select(f => new Page(f))];

    public string Name { get; }

    public string Text { get; }

    public IReadOnlyList<CodeBlock> Blocks { get; }

    public static Page Of(string name) => All.Single(p => p.Name == name);

    /// <summary>A paragraph that names the file of the block below it begins with its path: <c>`src/…/X.cs`</c>.</summary>
    private static string? PathOf(string above) => Named().Match(above) is { Success: true } named ? named.Groups[1].Value : null;

    [GeneratedRegex(@"(?<above>(?:[^\n]+\n)*)\n```(?<language>\w+)\n(?<code>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex("^`([^`]+/[^`]+)`")]
    private static partial Regex Named();
}
