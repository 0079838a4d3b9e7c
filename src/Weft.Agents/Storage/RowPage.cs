namespace Weft.Agents.Storage;

/// <summary>One page of rows; a null cursor means that it is the last.</summary>
public sealed record RowPage(IReadOnlyList<Row> Rows, string? NextCursor);
