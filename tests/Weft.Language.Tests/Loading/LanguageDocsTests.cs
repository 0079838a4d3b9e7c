using System.Text.RegularExpressions;
using Weft.Language.Diagnostics;
using Weft.Language.Loading;
using Weft.Language.Tests.Definitions;

namespace Weft.Language.Tests.Loading;

/// <summary>docs/language.md lists every key, as the language has it.</summary>
public sealed partial class LanguageDocsTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "language.md"));

    public static TheoryData<string, string, string> Tables
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (Match match in Marker().Matches(Text))
            {
                data.Add(match.Groups["name"].Value, match.Groups["without"].Value, match.Groups["table"].Value);
            }

            return data;
        }
    }

    public static TheoryData<string> Examples => [.. Example().Matches(Text).Select(m => m.Groups["text"].Value)];

    [Theory]
    [MemberData(nameof(Tables))]
    public void Docs_ATableOfKeys_IsThatOfTheLanguage(string name, string without, string table) =>
        Assert.Equal(KeyTable.Of(KeyTable.Shapes[name], without), table);

    [Fact]
    public void Docs_EveryKeyOfTheLanguage_IsInATable()
    {
        var tables = Tables.Select(row => (string)row[0]).ToHashSet();

        Assert.DoesNotContain(KeyTable.Shapes.Keys, s => !tables.Contains(s));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_OfTheDocs_HasNoErrors(string text) =>
        Assert.Empty(
            WorkflowLoader.Load(text, "example.yaml").Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(
                d => d.ToString()));

    [GeneratedRegex(@"<!-- keys: (?<name>\w+)( without (?<without>\w+))? -->\n(?<table>(\|[^\n]*\n)+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Marker();

    [GeneratedRegex("^```yaml\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Example();
}
