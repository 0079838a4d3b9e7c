using Weft.Language.Diagnostics;
using Weft.Runtime.Records;

namespace Weft.Runtime.Registry;

/// <summary>What became of a put.</summary>
/// <param name="Version">The version that now is the latest; null when the text has errors.</param>
/// <param name="Changed">Whether the content changed.</param>
/// <param name="Created">Whether the workflow is new.</param>
/// <param name="Diagnostics">All findings, in file order.</param>
public sealed record PutWorkflowResult(WorkflowVersion? Version, bool Changed, bool Created, IReadOnlyList<Diagnostic> Diagnostics);
