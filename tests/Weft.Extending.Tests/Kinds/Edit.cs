using Weft.Extending.Tests.Pages;

namespace Weft.Extending.Tests.Kinds;

/// <summary>Does to a copy of the sources what a page says: a file of C# is new, a diff adds lines to one that is there.</summary>
internal static class Edit
{
    public static void Apply(CodeBlock block, string root)
    {
        var path = Path.Combine(root, block.Path!); // only blocks of files are applied
        if (block.Language == "csharp")
        {
            Assert.False(File.Exists(path), $"{block.Path} is new, says the page, and there is one.");
            File.WriteAllText(path, block.Text);
            return;
        }

        var lines = block.Text.TrimEnd('\n').Split('\n');
        var (before, after) = (Lines(lines.Where(l => l[0] != '+')), Lines(lines.Where(l => l[0] != '-')));
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        Assert.True(text.Split(before).Length == 2, $"{block.Path} does not hold these lines once, as the page has it:\n{before}");
        File.WriteAllText(path, text.Replace(before, after, StringComparison.Ordinal));
    }

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(l => l[1..] + "\n"));
}
