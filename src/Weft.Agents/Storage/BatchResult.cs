namespace Weft.Agents.Storage;

/// <summary>What became of a batch.</summary>
/// <param name="Status">The status of the whole.</param>
/// <param name="FailedIndex">The write that did not fit; -1 when all did.</param>
public readonly record struct BatchResult(WriteStatus Status, int FailedIndex)
{
    /// <summary>Gets a value indicating whether all of it was written; if not, nothing was.</summary>
    public bool Written => Status == WriteStatus.Written;
}
