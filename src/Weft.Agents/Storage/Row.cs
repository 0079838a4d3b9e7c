namespace Weft.Agents.Storage;

/// <summary>A row as it was read.</summary>
/// <param name="Key">Where it lies.</param>
/// <param name="Json">Its value: one JSON object, at most <see cref="RowLimits.MaxJsonBytes"/> of UTF-8.</param>
/// <param name="ETag">The tag to replace or delete it by.</param>
public sealed record Row(RowKey Key, string Json, ETag ETag);
