using Weft.Language.Definitions;
using Weft.Language.Diagnostics;

namespace Weft.Language.Loading;

/// <summary>What came of loading one definition.</summary>
/// <param name="Definition">The definition; null when there is an error.</param>
/// <param name="Diagnostics">All findings, in file order.</param>
public sealed record LoadResult(WorkflowDefinition? Definition, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>Gets a value indicating whether a finding is an error; then there is no definition to run.</summary>
    public bool HasErrors => Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);
}
