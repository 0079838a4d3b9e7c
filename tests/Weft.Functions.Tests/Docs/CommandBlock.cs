using System.Text.RegularExpressions;

namespace Weft.Functions.Tests.Docs;

/// <summary>A block of shell commands of a page.</summary>
/// <param name="Page">The page's path.</param>
/// <param name="Text">The commands.</param>
internal sealed partial record CommandBlock(string Page, string Text)
{
    /// <summary>Gets what the block says it needs; null: nothing, so that a test can run it.</summary>
    public string? Needs => Need().Match(Text) is { Success: true } match ? match.Groups["what"].Value : null;

    public static IReadOnlyList<CommandBlock> Of(string page) =>
        [.. Block().Matches(ProjectFiles.Read(page)).Select(m => new CommandBlock(page, m.Groups["text"].Value))];

    [GeneratedRegex(@"^```bash\n(?<text>.*?)^```", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Block();

    [GeneratedRegex(@"\A# needs (?<what>a subscription|Core Tools|a subscription and Core Tools)\n", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Need();
}
