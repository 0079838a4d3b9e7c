namespace Weft.Agents.Storage;

/// <summary>Where a row lies.</summary>
public readonly record struct RowKey(string Table, string Partition, string Row);
