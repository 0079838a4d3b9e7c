namespace Weft.Language.Source;

/// <summary>How much a definition may hold. What is beyond is refused, so that no file can exhaust the machine.</summary>
internal static class LoadLimits
{
    /// <summary>The longest text: 10 Mi characters.</summary>
    public const int MaxTextLength = 10 * 1024 * 1024;

    /// <summary>The deepest nesting of lists and mappings.</summary>
    public const int MaxNesting = 100;

    /// <summary>The most values, those that aliases and references repeat included.</summary>
    public const int MaxNodes = 500_000;

    /// <summary>The deepest nesting of tasks.</summary>
    public const int MaxTaskNesting = 20;

    /// <summary>The most nodes of a graph, and the most tasks of a file.</summary>
    public const int MaxSteps = 10_000;

    /// <summary>The most findings that are listed.</summary>
    public const int MaxDiagnostics = 200;
}
