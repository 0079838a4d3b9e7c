namespace Weft.Agents.Storage;

/// <summary>What became of a write, and the row's new tag.</summary>
public readonly record struct WriteResult(WriteStatus Status, ETag ETag)
{
    /// <summary>Gets a value indicating whether the row was written.</summary>
    public bool Written => Status == WriteStatus.Written;
}
