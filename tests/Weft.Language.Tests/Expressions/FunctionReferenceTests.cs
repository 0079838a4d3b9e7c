using System.Text;
using Weft.Language.Expressions.Functions;
using Weft.Language.Expressions.Syntax;

namespace Weft.Language.Tests.Expressions;

/// <summary>Keeps docs/template-functions.md true to the function table.</summary>
public sealed class FunctionReferenceTests
{
    private const string Marker = "<!-- From here on, generated";

    [Fact]
    public void Document_ListsWhatTheTableHolds()
    {
        var path = Path.Combine(RepositoryRoot(), "docs", "template-functions.md");
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        var end = text.IndexOf('\n', text.IndexOf(Marker, StringComparison.Ordinal)) + 1;
        var expected = text[..end] + Generated();
        if (Environment.GetEnvironmentVariable("WEFT_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Table_EveryFunction_HasASummaryAndParametersThatCanBeNamed()
    {
        foreach (var function in FunctionTable.Groups.SelectMany(x => x.Functions))
        {
            Assert.EndsWith(".", function.Summary, StringComparison.Ordinal);
            Assert.All(function.Parameters, x => Assert.Matches("^[a-z_]+…?$", x));
            Assert.DoesNotContain(function.Parameters.SkipLast(1), x => x.EndsWith('…'));
            Assert.True(function.InGo is null || FunctionTable.Find(function.InGo) is not null);
            Assert.True(function.WithNames is null || FunctionTable.Find(function.WithNames) is not null);
        }
    }

    private static string Generated()
    {
        var text = new StringBuilder();
        foreach (var (title, functions) in FunctionTable.Groups)
        {
            text.Append($"\n## {title}\n| function | also | gives |\n|---|---|---|\n");
            foreach (var function in functions.Where(x => !x.IsHidden))
            {
                text.Append(
                    $"| `{function.Signature}` | {string.Join(", ", function.Aliases.Select(x => $"`{x}`"))} | "
                    + $"{function.Summary.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
            }
        }

        text.Append(
            "\n## Tests\n`x is odd`, `x is not none`, `x is divisibleby 3`, `select('odd')`, `selectattr('n', 'gt', 3)`.\n\n| test | "
            + "also | holds when |\n|---|---|---|\n");
        foreach (var test in ValueTests.All)
        {
            text.Append(
                $"| `{test.Name}{(test.Arguments > 0 ? "(x)" : "")}` | "
                + $"{string.Join(", ", ValueTests.AliasesOf(test.Name).Select(x => $"`{x}`"))} | {test.Summary} |\n");
        }

        return text.ToString();
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Local.slnf")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run within the repository.");
    }
}
