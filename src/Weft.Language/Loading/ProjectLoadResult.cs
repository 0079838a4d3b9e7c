using Weft.Language.Definitions;
using Weft.Language.Diagnostics;

namespace Weft.Language.Loading;

/// <summary>What came of loading a project.</summary>
/// <param name="Project">The project; null when its own file has an error.</param>
/// <param name="Workflows">Each workflow that the project names or finds: its path, and what came of loading it.</param>
/// <param name="Diagnostics">All findings, those of the workflows included, in file order.</param>
public sealed record ProjectLoadResult(
    ProjectDefinition? Project, IReadOnlyList<(string Path, LoadResult Result)> Workflows, IReadOnlyList<Diagnostic> Diagnostics);
