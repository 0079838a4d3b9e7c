namespace Weft.Functions.HostTests.Costs;

/// <summary>A request to a storage service, as it is billed: a transaction of several rows is one.</summary>
/// <param name="Service"><c>Blob</c>, <c>Queue</c> or <c>Table</c>.</param>
/// <param name="Method">The verb of HTTP, or <c>BATCH</c>.</param>
/// <param name="Resource">The table, the queue or the container.</param>
/// <param name="Detail">The rest of the address, and the keys of the rows that the body writes.</param>
/// <param name="Status">What was answered.</param>
/// <param name="IsPolling">Whether it grows with time alone: a look at an empty queue, and what keeps a lease.</param>
internal sealed record StorageOperation(string Service, string Method, string Resource, string Detail, int Status, bool IsPolling)
{
    /// <summary>Whose it is, where the task hub has this name.</summary>
    public StorageOwner Of(string hub) =>
        Resource.StartsWith(hub, StringComparison.OrdinalIgnoreCase) ? StorageOwner.Engine
        : Service == "Table" && Resource.StartsWith("weft", StringComparison.Ordinal) ? StorageOwner.Records
        : StorageOwner.Host;

    public override string ToString() => $"{Service} {Method} {Resource} {Detail} {Status}";
}
