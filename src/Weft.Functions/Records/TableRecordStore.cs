using System.Collections.Concurrent;
using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Weft.Agents.Records;
using Weft.Workflows;
using ETag = Weft.Agents.Records.ETag;

namespace Weft.Functions.Records;

/// <summary>The record store on Azure Table Storage. Queries filter on keys alone, so that no partition is ever scanned.</summary>
/// <remarks>
/// The client retries throttling (429, 503) and passing faults with exponential backoff by itself; see the options where it is made.
/// Tables are made on first use.
/// </remarks>
internal sealed class TableRecordStore(TableServiceClient service) : IRecordStore
{
    /// <summary>A transaction takes 4 MiB on the wire, where binary values are base64.</summary>
    private const int MaxBatchBytes = 3_000_000;

    private readonly ConcurrentDictionary<string, Task<TableClient>> _tables = new(StringComparer.Ordinal);

    public async Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken)
    {
        var table = await OpenAsync(key.Table, cancellationToken);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(
            TableKey.Encode(key.Partition), TableKey.Encode(key.Row), cancellationToken: cancellationToken);
        return found.HasValue ? TableRow.ToRow(key.Table, found.Value!) : null;
    }

    public Task<WriteResult> InsertAsync(RowKey key, string json, CancellationToken cancellationToken) =>
        WriteAsync(key.Table, table => table.AddEntityAsync(TableRow.ToEntity(key, json), cancellationToken), cancellationToken);

    public Task<WriteResult> ReplaceAsync(RowKey key, string json, ETag expected, CancellationToken cancellationToken) =>
        WriteAsync(
            key.Table,
            table => table.UpdateEntityAsync(TableRow.ToEntity(key, json), new Azure.ETag(expected.Value), TableUpdateMode.Replace, cancellationToken),
            cancellationToken);

    public Task<WriteResult> UpsertAsync(RowKey key, string json, CancellationToken cancellationToken) =>
        WriteAsync(
            key.Table,
            table => table.UpsertEntityAsync(TableRow.ToEntity(key, json), TableUpdateMode.Replace, cancellationToken),
            cancellationToken);

    public async Task<WriteResult> DeleteAsync(RowKey key, ETag? expected, CancellationToken cancellationToken)
    {
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
        var table = await OpenAsync(range.Table, cancellationToken);
        var filter = $"PartitionKey eq {Quoted(TableKey.Encode(range.Partition))}";
        if (range.From is { } from)
        {
            filter += $" and RowKey ge {Quoted(TableKey.EncodeBound(from))}";
        }

        if (range.To is { } to)
        {
            filter += $" and RowKey lt {Quoted(TableKey.EncodeBound(to))}";
        }

        // A page may come back short, even empty, with a token to go on: only the token says whether it is the last.
        var pages = table.QueryAsync<TableEntity>(filter, range.PageSize, cancellationToken: cancellationToken)
            .AsPages(range.Cursor, range.PageSize);
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            if (page.Values.Count > 0 || page.ContinuationToken is null)
            {
                return new RowPage([.. page.Values.Select(e => TableRow.ToRow(range.Table, e))], page.ContinuationToken);
            }
        }

        return new RowPage([], null);
    }

    public async Task<BatchResult> BatchAsync(IReadOnlyList<RowWrite> writes, CancellationToken cancellationToken)
    {
        if (writes.Count == 0)
        {
            return new BatchResult(WriteStatus.Written, -1);
        }

        Check(writes);
        var table = await OpenAsync(writes[0].Key.Table, cancellationToken);
        try
        {
            await table.SubmitTransactionAsync([.. writes.Select(ActionOf)], cancellationToken);
            return new BatchResult(WriteStatus.Written, -1);
        }
        catch (TableTransactionFailedException refused) when (StatusOf(refused) is { } status)
        {
            return new BatchResult(status, refused.FailedTransactionActionIndex ?? 0);
        }
    }

    private static void Check(IReadOnlyList<RowWrite> writes)
    {
        var first = writes[0].Key;
        if (writes.Count > RowLimits.MaxBatch)
        {
            throw new WeftException("batch_too_large", $"A batch has {writes.Count} writes; {RowLimits.MaxBatch} are allowed.");
        }

        if (writes.Any(w => w.Key.Table != first.Table || w.Key.Partition != first.Partition))
        {
            throw new WeftException("batch_across_partitions", "A batch writes to one table and one partition.");
        }

        var bytes = writes.Sum(w => w switch
        {
            RowWrite.Insert insert => insert.Json.Length,
            RowWrite.Replace replace => replace.Json.Length,
            RowWrite.Upsert upsert => upsert.Json.Length,
            _ => 0,
        });
        if (bytes > MaxBatchBytes)
        {
            throw new WeftException("batch_too_large", $"A batch holds {bytes} characters of JSON; {MaxBatchBytes} are allowed in Table Storage.");
        }
    }

    private static TableTransactionAction ActionOf(RowWrite write) => write switch
    {
        RowWrite.Insert insert => new TableTransactionAction(TableTransactionActionType.Add, TableRow.ToEntity(insert.Key, insert.Json)),
        RowWrite.Replace replace => new TableTransactionAction(
            TableTransactionActionType.UpdateReplace, TableRow.ToEntity(replace.Key, replace.Json), new Azure.ETag(replace.Expected.Value)),
        RowWrite.Upsert upsert => new TableTransactionAction(TableTransactionActionType.UpsertReplace, TableRow.ToEntity(upsert.Key, upsert.Json)),
        RowWrite.Delete delete => new TableTransactionAction(
            TableTransactionActionType.Delete,
            new TableEntity(TableKey.Encode(delete.Key.Partition), TableKey.Encode(delete.Key.Row)),
            delete.Expected is { } tag ? new Azure.ETag(tag.Value) : Azure.ETag.All),
        _ => throw new ArgumentOutOfRangeException(nameof(write), write, "There is no such write."),
    };

    private async Task<WriteResult> WriteAsync(string name, Func<TableClient, Task<Response>> writeAsync, CancellationToken cancellationToken)
    {
        var table = await OpenAsync(name, cancellationToken);
        try
        {
            var answer = await writeAsync(table);
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

    private static string Quoted(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

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
    private static string NameOf(string table) =>
        "weft" + CultureInfo.InvariantCulture.TextInfo.ToTitleCase(string.Concat(table.Where(char.IsAsciiLetterOrDigit)));
}
