namespace Weft.Architecture.Tests;

/// <summary>What deterministic code may not use: each line of the list names something that exists, so that none of them is dead.</summary>
public sealed class BannedSymbolTests
{
    private static readonly Lazy<HashSet<string>> Known = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator) // the runtime sets it for every program
            .Where(f => Path.GetFileName(f).StartsWith("System.", StringComparison.Ordinal))
            .SelectMany(DocumentationIds.In),
    ]);

    public static TheoryData<string> Lines => [.. File.ReadAllLines(Path.Combine(House.Root, "src", "BannedSymbols.txt"))];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Line_NamesASymbolAndSaysWhatToUse(string line)
    {
        var (id, advice) = line.Split("; ", 2) is [var first, var second] ? (first, second) : (line, "");

        Assert.Contains(id, Known.Value);
        Assert.EndsWith(".", advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Weft.Language")]
    [InlineData("Weft.Workflows")]
    public void List_OfADeterministicProject_IsInForce(string project)
    {
        var text = File.ReadAllText(Path.Combine(House.Root, "src", project, project + ".csproj"));

        Assert.Contains("Microsoft.CodeAnalysis.BannedApiAnalyzers", text, StringComparison.Ordinal);
        Assert.Contains("../BannedSymbols.txt", text, StringComparison.Ordinal);
    }
}
