namespace Weft.Language.Diagnostics;

/// <summary>How bad a finding is.</summary>
public enum DiagnosticSeverity
{
    /// <summary>The definition cannot run.</summary>
    Error,

    /// <summary>It runs, but something in it has no effect or is probably not meant.</summary>
    Warning,
}
