namespace Weft.Workflows.Definitions;

/// <summary>The files of a project, as whoever may touch the disk offers them.</summary>
/// <param name="Read">Reads a file by its path relative to the project file, with <c>/</c>; null: there is none.</param>
/// <param name="List">Lists all files of the project's folder and below, relative and with <c>/</c>; asked for only when the project autoloads.</param>
public sealed record ProjectFiles(Func<string, string?> Read, Func<IEnumerable<string>> List)
{
    /// <summary>No files.</summary>
    public static ProjectFiles None { get; } = new(_ => null, () => []);
}

/// <summary>What came of loading a project.</summary>
/// <param name="Project">The project; null when its own file has an error.</param>
/// <param name="Workflows">Each workflow that the project names or finds: its path, and what came of loading it.</param>
/// <param name="Diagnostics">All findings, those of the workflows included, in file order.</param>
public sealed record ProjectLoadResult(
    ProjectDefinition? Project, IReadOnlyList<(string Path, LoadResult Result)> Workflows, IReadOnlyList<Diagnostic> Diagnostics)
{
    public bool HasErrors => Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);
}
