using Weft.Language.Diagnostics;
using Weft.Language.Loading;

namespace Weft.Language.Tests.Loading;

/// <summary>A fault in a template is told where it stands in the file, however the text is written.</summary>
public sealed class PlacesInsideTextsTests
{
    public static TheoryData<string, string> Forms => new()
    {
        { "plain", "    prompt: Say {{ .x | uper }} now" },
        { "single quotes", "    prompt: 'It''s {{ .x | uper }} now'" },
        { "double quotes", "    prompt: \"Say \\\"it\\\" \\u00e4 {{ .x | uper }} now\"" },
        { "double quotes over lines", "    prompt: \"Say\n      this\n\n      {{ .x | uper }} now\"" },
        { "plain over lines", "    prompt: Say\n      this\n      {{ .x | uper }} now" },
        { "literal block", "    prompt: |\n      Say this:\n\n        {{ .x | uper }} now" },
        { "literal block, kept", "    prompt: |+\n      Say this:\n      {{ .x | uper }} now\n\n" },
        { "literal block, own indentation", "    prompt: |2\n        Say this:\n      {{ .x | uper }} now" },
        { "folded block", "    prompt: >-\n      Say this\n      and that: {{ .x | uper }} now" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Load_AFaultInATemplate_IsToldAtItsPlace(string form, string written)
    {
        var text = $"name: demo\ntasks:\n  - id: a\n{written}\n";
        var lines = text.Split('\n');
        var line = Array.FindIndex(lines, l => l.Contains("uper", StringComparison.Ordinal));

        var diagnostic = Assert.Single(WorkflowLoader.Load(text, "demo.yaml").Diagnostics);

        Assert.Equal((form, "WEFT1501", line + 1, lines[line].IndexOf("uper", StringComparison.Ordinal) + 1),
            (form, diagnostic.Code, diagnostic.Line, diagnostic.Column));
    }

    [Fact]
    public void Load_AFaultInATemplateOfJson_IsToldAtItsPlace()
    {
        const string line = " \"tasks\": [{\"id\": \"a\", \"prompt\": \"\\\"ä\\\"\\n {{ .x | uper }}\"}]}";

        Assert.Equal($"2:{line.IndexOf("uper", StringComparison.Ordinal) + 1} WEFT1501",
            Assert.Single(Load.Places("{\"name\": \"demo\",\n" + line, file: "demo.json")));
    }

    [Fact]
    public void Load_AFaultInAJmesPath_IsToldAtItsPlace()
    {
        const string line = "  edges: [{ from: a, to: b, condition: { expression: \"output.kind = 'x'\" } }]";

        Assert.Equal(
            $"4:{line.IndexOf('=', StringComparison.Ordinal) + 1} WEFT1502",
            Assert.Single(
                Load.Places($"name: demo\nworkflow:\n  nodes: [{{ id: a, transform: 1 }}, {{ id: b, transform: 2 }}]\n{line}\n")));
    }
}
