namespace Weft.Agents.Storage;

/// <summary>What became of a write, and the row's new tag.</summary>
public readonly record struct WriteResult(WriteStatus Status, ETag ETag)
{
    public bool Written => Status == WriteStatus.Written;
}
