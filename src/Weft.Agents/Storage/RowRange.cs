namespace Weft.Agents.Storage;

/// <summary>A range of rows of one partition.</summary>
/// <param name="Table">The table.</param>
/// <param name="Partition">The partition.</param>
public sealed record RowRange(string Table, string Partition)
{
    /// <summary>Gets the first row key of the range, inclusive; null: from the start.</summary>
    public string? From { get; init; }

    /// <summary>Gets the end of the range, exclusive; null: to the end.</summary>
    public string? To { get; init; }

    /// <summary>Gets the page size: 1 to 1,000. The default is 100.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>Gets where to go on: <see cref="RowPage.NextCursor"/> of the page before.</summary>
    public string? Cursor { get; init; }

    /// <summary>The rows whose key starts with a text.</summary>
    public static RowRange WithPrefix(string table, string partition, string prefix) =>
        new(table, partition) { From = prefix, To = prefix + '\uffff' };
}
