namespace Weft.Functions.Tests.Infra;

/// <summary>What a run of the compiler gave.</summary>
/// <param name="ExitCode">0: no error.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error: errors and warnings.</param>
/// <param name="Snapshot">The preview that it wrote; null: none.</param>
internal sealed record CompilerRun(int ExitCode, string Output, string Errors, string? Snapshot);
