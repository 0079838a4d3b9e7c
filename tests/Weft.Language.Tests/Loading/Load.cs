using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Loading;

namespace Weft.Language.Tests.Loading;

/// <summary>Loads texts, and says what came of them in lines.</summary>
internal static class Load
{
    /// <summary>A definition without any error.</summary>
    public static WorkflowDefinition Definition(string text, LoadOptions? options = null)
    {
        var result = WorkflowLoader.Load(text, "demo.yaml", options);
        Assert.Empty(result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString()));
        return result.Definition!;
    }

    /// <summary>The findings of a text, one a line: <c>line:column CODE message</c>.</summary>
    public static IReadOnlyList<string> Findings(string text, LoadOptions? options = null, string file = "demo.yaml") =>
        [.. WorkflowLoader.Load(text, file, options).Diagnostics.Select(
            d => d.ToString().Replace($"{file}:", "", StringComparison.Ordinal))];

    /// <summary>The findings' places and codes.</summary>
    public static IReadOnlyList<string> Places(string text, LoadOptions? options = null, string file = "demo.yaml") =>
        [.. WorkflowLoader.Load(text, file, options).Diagnostics.Select(d => $"{d.Line}:{d.Column} {d.Code}")];

    public static IReadOnlyList<TaskDefinition> Tasks(string text, LoadOptions? options = null) =>
        ((SequenceBody)Definition(text, options).Body).Tasks;

    public static GraphBody Graph(string text, LoadOptions? options = null) => (GraphBody)Definition(text, options).Body;
}
