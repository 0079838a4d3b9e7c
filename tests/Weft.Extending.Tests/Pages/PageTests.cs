namespace Weft.Extending.Tests.Pages;

/// <summary>What docs/extend shows is what this project compiles and runs.</summary>
public sealed class PageTests
{
    public static TheoryData<string> Pages => [.. Page.All.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Code_OfAPage_IsThatOfTheFileThatItNames(string page) =>
        Assert.All(Page.Of(page).Blocks.Where(b => b.Path is not null && b.Path.StartsWith("tests/", StringComparison.Ordinal)), block =>
        {
            var file = File.ReadAllText(Tree.At(block.Path!)).ReplaceLineEndings("\n");

            Assert.True(Holds(file, block.Text), $"{block.Path} does not hold these lines, as {page} has it:\n{block.Text}");
        });

    [Theory]
    [MemberData(nameof(Pages))]
    public void Code_OfAPage_NamesTheFileThatItIsOf(string page) =>
        Assert.All(Page.Of(page).Blocks.Where(b => b.Language is "csharp" or "yaml" or "diff"), block => Assert.NotNull(block.Path));

    [Fact]
    public void Index_LeadsToEveryPage() =>
        Assert.All(Page.All.Where(p => p.Name != "README.md"), page => Assert.Contains($"]({page.Name})", Page.Of("README.md").Text));

    /// <summary>A part of a file is shown without the indentation that it has there.</summary>
    private static bool Holds(string file, string lines) => Enumerable.Range(0, 5).Any(level => $"\n{file}".Contains(
        "\n" + string.Concat(lines.TrimEnd('\n').Split('\n').Select(l => (l.Length == 0 ? l : new string(' ', 4 * level) + l) + "\n")),
        StringComparison.Ordinal));
}
