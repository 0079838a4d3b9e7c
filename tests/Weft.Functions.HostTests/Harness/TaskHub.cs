using Azure.Data.Tables;

namespace Weft.Functions.HostTests.Harness;

/// <summary>What the Durable extension has stored: the instances of a hub, and their histories.</summary>
internal sealed class TaskHub(string storage, string name)
{
    /// <summary>The status of each instance whose id begins so, by id; none where nothing was stored.</summary>
    public async Task<IReadOnlyDictionary<string, string>> InstancesAsync(string prefix, CancellationToken deadline)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var row in RowsAsync("Instances", prefix, deadline))
        {
            found[row.PartitionKey] = row.GetString("RuntimeStatus");
        }

        return found;
    }

    /// <summary>The events of the histories of instances whose id begins so, in the order of ids.</summary>
    public async Task<IReadOnlyList<TableEntity>> HistoryAsync(string prefix, CancellationToken deadline) =>
        await RowsAsync("History", prefix, deadline).ToListAsync(deadline);

    /// <summary>Waits until none of these instances is on its way any more.</summary>
    public async Task<IReadOnlyDictionary<string, string>> EndedAsync(string prefix, CancellationToken deadline)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            var instances = await InstancesAsync(prefix, deadline);
            if (!instances.Values.Any(s => s is "Pending" or "Running" or "Suspended"))
            {
                return instances;
            }

            await timer.WaitForNextTickAsync(deadline);
        }
    }

    private IAsyncEnumerable<TableEntity> RowsAsync(string table, string prefix, CancellationToken deadline) =>
        new TableClient(storage, name + table).QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey ge {prefix} and PartitionKey lt {prefix + "~"}"), cancellationToken: deadline);
}
