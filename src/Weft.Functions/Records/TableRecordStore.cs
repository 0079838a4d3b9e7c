using System.Collections.Concurrent;
using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Weft.Agents.Storage;
using Weft.Language;
using ETag = Weft.Agents.Storage.ETag;

namespace Weft.Functions.Records;

/// <summary>The record store on Azure Table Storage. Queries filter on keys alone, so that no partition is ever scanned.</summary>
/// <remarks>
/// The client retries throttling (429, 503) and passing faults with exponential backoff by itself; see the options where it is made.
/// Tables are made on first use.
/// </remarks>
internal sealed class TableRecordStore(TableServiceClient service, string prefix = "weft") : IRecordStore
{
    /// <summary>A transaction takes 4 MiB on the wire.</summary>
    private const int MaxBatchBytes = 4 * 1024 * 1024;

    private const int MaxPage = 1000;

    private readonly ConcurrentDictionary<string, Task<TableClient>> _tables = new(StringComparer.Ordinal);

    public async Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken)
    {
        RowRules.Require(key);
        var table = await OpenAsync(key.Table, cancellationToken);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(
            TableKey.Encode(key.Partition), TableKey.Encode(key.Row), cancellationToken: cancellationToken);
        return found.HasValue ? TableRow.ToRow(key, found.Value!) : null;
    }

    public Task<WriteResult> InsertAsync(RowKey key, string json, CancellationToken cancellationToken) =>
        WriteAsync(key, json, (table, entity) => table.AddEntityAsync(entity, cancellationToken), cancellationToken);

    public Task<WriteResult> ReplaceAsync(RowKey key, string json, ETag expected, CancellationToken cancellationToken) =>
        WriteAsync(
            key, json,
            (table, entity) => table.UpdateEntityAsync(entity, new Azure.ETag(expected.Value), TableUpdateMode.Replace, cancellationToken),
            cancellationToken);

    public Task<WriteResult> UpsertAsync(RowKey key, string json, CancellationToken cancellationToken) =>
        WriteAsync(key, json, (table, entity) => table.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken),
            cancellationToken);

    public async Task<WriteResult> DeleteAsync(RowKey key, ETag? expected, CancellationToken cancellationToken)
    {
        RowRules.Require(key);
        var table = await OpenAsync(key.Table, cancellationToken);
        try
        {
            var answer = await table.DeleteEntityAsync(
                TableKey.Encode(key.Partition), TableKey.Encode(key.Row),
                expected is { } tag ? new Azure.ETag(tag.Value) : Azure.ETag.All, cancellationToken);

            // The client takes "it was not there" for success; our callers are told.
            return new WriteResult(answer.Status == 404 ? WriteStatus.NotFound : WriteStatus.Written, default);
        }
        catch (RequestFailedException refused) when (StatusOf(refused) is { } status)
        {
            return new WriteResult(status, default);
        }
    }

    public async Task<RowPage> QueryAsync(RowRange range, CancellationToken cancellationToken)
    {
        RowRules.Require(range);
        var filter = RangeFilter.Of(range);
        var table = await OpenAsync(range.Table, cancellationToken);

        // One row more than the page tells whether there is a next one. The client follows continuations: a page of the service may come
        // back short, even empty, with more to come.
        var rows = new List<Row>();
        var last = string.Empty;
        await foreach (var entity in table.QueryAsync<TableEntity>(
            filter, Math.Min(range.PageSize + 1, MaxPage), cancellationToken: cancellationToken))
        {
            if (rows.Count == range.PageSize)
            {
                return new RowPage(rows, RangeFilter.After(last));
            }

            last = entity.RowKey;
            rows.Add(TableRow.ToRow(new RowKey(range.Table, range.Partition, TableKey.Decode(last)), entity));
        }

        return new RowPage(rows, null);
    }

    public async Task<BatchResult> BatchAsync(IReadOnlyList<RowWrite> writes, CancellationToken cancellationToken)
    {
        RowRules.Require(writes);
        if (writes.Count == 0)
        {
            return new BatchResult(WriteStatus.Written, -1);
        }

        var actions = writes.Select(ActionOf).ToList();
        if (actions.Sum(a => TableRow.SizeInTransaction((TableEntity)a.Entity)) is > MaxBatchBytes and var bytes)
        {
            throw new WeftException(
                "invalid_batch", Fault.Invalid,
                $"A batch of {bytes:N0} bytes won't do: a transaction of Table Storage takes {MaxBatchBytes:N0}. Write fewer rows at "
                + $"once.");
        }

        var table = await OpenAsync(writes[0].Key.Table, cancellationToken);
        try
        {
            await table.SubmitTransactionAsync(actions, cancellationToken);
            return new BatchResult(WriteStatus.Written, -1);
        }
        catch (TableTransactionFailedException refused) when (StatusOf(refused) is { } status)
        {
            return new BatchResult(status, refused.FailedTransactionActionIndex ?? 0);
        }
    }

    private static TableTransactionAction ActionOf(RowWrite write) => write switch
    {
        RowWrite.Insert insert => new TableTransactionAction(TableTransactionActionType.Add, TableRow.ToEntity(insert.Key, insert.Json)),
        RowWrite.Replace replace => new TableTransactionAction(
            TableTransactionActionType.UpdateReplace, TableRow.ToEntity(replace.Key, replace.Json), new Azure.ETag(replace.Expected.Value)),
        RowWrite.Upsert upsert =>
            new TableTransactionAction(TableTransactionActionType.UpsertReplace, TableRow.ToEntity(upsert.Key, upsert.Json)),
        RowWrite.Delete delete => new TableTransactionAction(
            TableTransactionActionType.Delete,
            new TableEntity(TableKey.Encode(delete.Key.Partition), TableKey.Encode(delete.Key.Row)),
            delete.Expected is { } tag ? new Azure.ETag(tag.Value) : Azure.ETag.All),
        _ => throw new ArgumentOutOfRangeException(nameof(write), write, "There is no such write."),
    };

    private async Task<WriteResult> WriteAsync(
        RowKey key, string json, Func<TableClient, TableEntity, Task<Response>> writeAsync, CancellationToken cancellationToken)
    {
        RowRules.Require(key);
        var entity = TableRow.ToEntity(key, json);
        var table = await OpenAsync(key.Table, cancellationToken);
        try
        {
            var answer = await writeAsync(table, entity);
            return new WriteResult(WriteStatus.Written, new ETag(answer.Headers.ETag?.ToString() ?? string.Empty));
        }
        catch (RequestFailedException refused) when (StatusOf(refused) is { } status)
        {
            return new WriteResult(status, default);
        }
    }

    // 409: it exists already; 412: it is at another tag; 404: it does not exist. All else is a fault, and thrown.
    private static WriteStatus? StatusOf(RequestFailedException refused) => refused.Status switch
    {
        409 or 412 => WriteStatus.Conflict,
        404 => WriteStatus.NotFound,
        _ => null,
    };

    private async Task<TableClient> OpenAsync(string name, CancellationToken cancellationToken)
    {
        var opening = _tables.GetOrAdd(name, static (key, self) => self.CreateAsync(key), this);
        try
        {
            return await opening.WaitAsync(cancellationToken);
        }
        catch (RequestFailedException)
        {
            _tables.TryRemove(new KeyValuePair<string, Task<TableClient>>(name, opening));
            throw;
        }
    }

    // Not bound to one caller's token: others wait for the same table.
    private async Task<TableClient> CreateAsync(string name)
    {
        var client = service.GetTableClient(NameOf(name));
        await client.CreateIfNotExistsAsync(CancellationToken.None);
        return client;
    }

    /// <summary>Table names have 3 to 63 letters and digits, and start with a letter: model_calls → weftModelcalls.</summary>
    private string NameOf(string table) =>
        prefix + CultureInfo.InvariantCulture.TextInfo.ToTitleCase(string.Concat(table.Where(char.IsAsciiLetterOrDigit)));
}
