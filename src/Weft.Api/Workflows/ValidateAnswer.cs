using Weft.Language.Diagnostics;

namespace Weft.Api.Workflows;

/// <summary>What a validation found.</summary>
internal sealed record ValidateAnswer(bool Valid, string? Id, string? ContentHash, IReadOnlyList<Diagnostic> Diagnostics);
