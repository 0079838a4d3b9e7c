using System.Reflection;
using System.Text.RegularExpressions;
using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Loading;

namespace Weft.Language.Tests.Diagnostics;

/// <summary>docs/diagnostics.md and the codes say the same, and its examples are true.</summary>
public sealed partial class DiagnosticDocsTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "diagnostics.md"));

    private static readonly string[] Codes =
        [.. typeof(DiagnosticCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!)];

    public static TheoryData<string, string, string> Examples
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (Match section in Section().Matches(Text))
            {
                foreach (Match example in Example().Matches(section.Groups["body"].Value))
                {
                    data.Add(section.Groups["code"].Value, example.Groups["info"].Value.Trim(), example.Groups["text"].Value);
                }
            }

            return data;
        }
    }

    [Fact]
    public void Docs_EveryCode_HasASectionAndNoOtherDoes()
    {
        var sections = Section().Matches(Text).Select(m => m.Groups["code"].Value).ToList();

        Assert.Equal(Codes.Order(StringComparer.Ordinal), sections);
        Assert.Equal(Codes.Length, Codes.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Docs_EveryCodeButTheLimits_HasAnExample()
    {
        var withExample = Examples.Select(row => (string)row[0]).ToHashSet();

        Assert.DoesNotContain(Codes, c => !c.StartsWith("WEFT19", StringComparison.Ordinal) && !withExample.Contains(c));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_Loaded_GivesItsCode(string code, string info, string text)
    {
        var diagnostics = info == "project"
            ? ProjectLoader.Load(text, "weft.project.yaml",
                new ProjectFiles(p => p == "agents/a.yaml" ? "id: nobody" : null, () => ["agents/a.yaml"])).Diagnostics
            : WorkflowLoader.Load(text, "demo.yaml", Options(info)).Diagnostics;

        Assert.Contains(code, diagnostics.Select(d => d.Code));
        Assert.All(diagnostics, d => Assert.True(d.Line > 0 && d.Column > 0 && d.Message.Length > 10, d.ToString()));
    }

    private static LoadOptions Options(string info) => info.Split('=') switch
    {
        ["agents", var name] => new LoadOptions { KnownAgents = [name] },
        ["models", var name] => new LoadOptions { KnownModels = [name] },
        ["workflows", var name] => new LoadOptions { KnownWorkflows = [name] },
        _ => LoadOptions.Default,
    };

    [GeneratedRegex(@"^### (?<code>WEFT\d+): .+?\n(?<body>.*?)(?=^#|\z)",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Section();

    [GeneratedRegex(
        "^```yaml(?<info>[^\n]*)\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Example();
}
