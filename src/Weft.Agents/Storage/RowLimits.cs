namespace Weft.Agents.Storage;

/// <summary>The limits that every store keeps.</summary>
public static class RowLimits
{
    /// <summary>The largest value of a row: 64 KiB of UTF-8. Larger texts go to the context store, and the row refers to them.</summary>
    public const int MaxJsonBytes = 64 * 1024;

    /// <summary>The longest partition or row key, in characters.</summary>
    public const int MaxKeyLength = 512;

    /// <summary>The most writes in a batch.</summary>
    public const int MaxBatch = 100;
}
