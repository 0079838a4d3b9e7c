namespace Weft.Embedded.Sqlite;

/// <summary>One change that joins a group commit. It is applied in the order of submission, and reported once it is durable.</summary>
internal abstract class WriteOperation
{
    /// <summary>
    /// Makes the change inside the transaction under way, with writers of the same connection. It must not wait, and must not throw but for
    /// a failing database.
    /// </summary>
    public abstract void Apply();

    /// <summary>The transaction is durable. Runs on the committing thread: hand work on, don't do it here.</summary>
    public virtual void Committed()
    {
    }

    /// <summary>The transaction failed, or was never made.</summary>
    public virtual void Failed(Exception exception)
    {
    }
}

/// <summary>A change whose maker waits for what became of it.</summary>
internal abstract class WriteOperation<TResult> : WriteOperation
{
    private readonly TaskCompletionSource<TResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets or sets what became of it: set by <see cref="WriteOperation.Apply"/>, answered once it is durable.</summary>
    protected TResult Result { get; set; } = default!;

    public Task<TResult> Task => _done.Task;

    public override void Committed() => _done.TrySetResult(Result);

    public override void Failed(Exception exception) => _done.TrySetException(exception);
}
