using System.Text.Json.Serialization;

namespace Weft.Language.Diagnostics;

/// <summary>One finding in a definition.</summary>
/// <param name="Code">A stable code, <c>WEFT1007</c>; listed in docs/diagnostics.md, never reused.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Message">What is wrong and what to do; names the nearest known word where one is near.</param>
/// <param name="File">The file as the caller named it; null for a text without one.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public sealed record Diagnostic(string Code, DiagnosticSeverity Severity, string Message, string? File, int Line, int Column)
{
    /// <summary>Gets the name that leads nowhere, where that is the finding; else null. Not part of any answer.</summary>
    [JsonIgnore]
    public string? Subject { get; init; }

    /// <summary><c>file:line:col CODE message</c>.</summary>
    public override string ToString() =>
        $"{File ?? "-"}:{Line}:{Column} {Code} {(Severity == DiagnosticSeverity.Warning ? "warning: " : string.Empty)}{Message}";
}
