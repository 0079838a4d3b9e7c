using Weft.Language.Diagnostics;

namespace Weft.Api.Workflows;

/// <summary>What became of a put.</summary>
internal sealed record PutWorkflowAnswer(
    string Id, int Version, string? WorkflowVersion, string ContentHash, bool Changed, IReadOnlyList<Diagnostic> Diagnostics);
