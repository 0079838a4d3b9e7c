namespace Weft.Runtime.Operations;

/// <summary>What one pass removed.</summary>
/// <param name="Executions">Executions, with all that belongs to them alone.</param>
/// <param name="Payloads">Payloads that nothing refers to any more.</param>
/// <param name="IsWhole">Whether nothing that is past its time is left.</param>
public sealed record PurgeReport(int Executions, int Payloads, bool IsWhole);
