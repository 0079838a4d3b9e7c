namespace Weft.Agents.Storage;

/// <summary>What is to become of a row that was read (<c>UpdateAsync</c> of <see cref="RecordStoreExtensions"/>).</summary>
/// <typeparam name="T">What the update answers.</typeparam>
public abstract record RowUpdate<T>
{
    private RowUpdate()
    {
    }

    /// <summary>The row stays as it is.</summary>
    /// <param name="Result">What the update answers.</param>
    public sealed record Keep(T Result) : RowUpdate<T>;

    /// <summary>The row is written, if it still is the one that was read.</summary>
    /// <param name="Json">What it holds from now on.</param>
    /// <param name="Result">What the update answers once it is written.</param>
    public sealed record Write(string Json, T Result) : RowUpdate<T>
    {
        /// <summary>Gets the writes that go with it, all or none: up to 99, in the row's partition.</summary>
        public IReadOnlyList<RowWrite> Along { get; init; } = [];
    }

    /// <summary>Something else than the row has changed: it is read again.</summary>
    public sealed record Again : RowUpdate<T>;
}
