using Weft.Language.Diagnostics;

namespace Weft.Language.Source;

/// <summary>Findings at a place of the source.</summary>
internal static class Findings
{
    /// <summary>Adds an error at where <paramref name="at"/> begins.</summary>
    public static void Error(this DiagnosticBag bag, string code, SourceNode at, string message) => bag.Error(code, at.Span, message);

    /// <summary>Adds a warning at where <paramref name="at"/> begins.</summary>
    public static void Warn(this DiagnosticBag bag, string code, SourceNode at, string message) => bag.Warn(code, at.Span, message);
}
