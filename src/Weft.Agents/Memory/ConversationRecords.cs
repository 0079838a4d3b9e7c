using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Agents.Storage;
using Weft.Language;

namespace Weft.Agents.Memory;

/// <summary>Conversations as rows.</summary>
/// <remarks>
/// Table <c>memory</c>; partition: memory id <c>|</c> key; row <c>head</c>; rows <c>m|generation|number</c>: the messages; rows
/// <c>c|hash</c>: what the writing calls answered, so that one that is delivered again changes nothing. The head is replaced by its tag in
/// the same batch as the messages are inserted, so that writers never interleave.
/// </remarks>
internal sealed class ConversationRecords(IRecordStore store)
{
    private const string Table = "memory";
    private const string HeadRow = "head";

    public static string Partition(string memory, string key) => $"{RecordKeys.Part(memory)}|{RecordKeys.Part(key)}";

    /// <summary>Estimated tokens of a message: a token for each 4 characters, and 4 for its frame.</summary>
    public static long TokensOf(MemoryMessage message) => 4 + ((message.Content.Length + 3) / 4);

    public async Task<(ConversationHead? Head, ETag? Tag)> ReadHeadAsync(string partition, CancellationToken cancellationToken) =>
        await store.ReadAsync(new RowKey(Table, partition, HeadRow), cancellationToken) is { } row
            ? (row.As<ConversationHead>(), row.ETag)
            : (null, null);

    /// <summary>What a call answered when it was delivered before; null: it was not.</summary>
    public async Task<JsonNode?> AnsweredAsync(string partition, string call, CancellationToken cancellationToken) =>
        await store.ReadAsync(new RowKey(Table, partition, CallRow(call)), cancellationToken) is { } row
            ? JsonNode.Parse(row.Json)?["output"] : null;

    /// <summary>The messages from a number on, in order.</summary>
    public async Task<IReadOnlyList<StoredMessage>> MessagesAsync(
        string partition, ConversationHead head, long from, int most, CancellationToken cancellationToken)
    {
        var range = new RowRange(Table, partition)
        {
            From = MessageRow(head.Generation, Math.Max(from, head.First)),
            To = MessageRow(head.Generation, head.Next),
            PageSize = Math.Clamp(most, 1, 500),
        };
        return await store.ReadAllAsync(range, cancellationToken).Select(Parse).Take(most).ToListAsync(cancellationToken);
    }

    /// <summary>Writes a new head together with messages and the call's answer, if the head is still the one that was read.</summary>
    /// <returns>False: somebody else was faster; read again.</returns>
    public async Task<bool> CommitAsync(
        string partition, ConversationHead head, ETag? expected, IReadOnlyList<StoredMessage> added, string call, JsonNode? output,
        CancellationToken cancellationToken)
    {
        var key = new RowKey(Table, partition, HeadRow);
        var json = JsonSerializer.Serialize(head, WeftJson.Options);
        var marker = new JsonObject { ["output"] = output?.DeepClone(), ["at"] = head.UpdatedAt };
        List<RowWrite> writes =
        [
            expected is { } tag ? new RowWrite.Replace(key, json, tag) : new RowWrite.Insert(key, json),
            new RowWrite.Insert(new RowKey(Table, partition, CallRow(call)), marker.ToJsonString(WeftJson.Options)),
            .. added.Select(m => new RowWrite.Upsert(new RowKey(Table, partition, MessageRow(head.Generation, m.Number)), Json(m))),
        ];
        return (await store.BatchAsync(writes, cancellationToken)).Written;
    }

    /// <summary>Removes what no longer counts: messages before the head's first, of other generations, and old answers.</summary>
    public async Task SweepAsync(string partition, ConversationHead head, DateTime answersBefore, CancellationToken cancellationToken)
    {
        await DeleteAsync(
            new RowRange(Table, partition) { From = "m|", To = MessageRow(head.Generation, head.First) }, _ => true, cancellationToken);
        await DeleteAsync(
            RowRange.WithPrefix(Table, partition, "c|"),
            row => JsonNode.Parse(row.Json)?["at"]?.GetValue<DateTime>() is not { } at || at < answersBefore,
            cancellationToken);
    }

    /// <summary>Removes everything.</summary>
    public Task DeleteAllAsync(string partition, CancellationToken cancellationToken) =>
        DeleteAsync(new RowRange(Table, partition), _ => true, cancellationToken);

    private async Task DeleteAsync(RowRange range, Func<Row, bool> which, CancellationToken cancellationToken)
    {
        await foreach (var row in store.ReadAllAsync(range, cancellationToken))
        {
            if (which(row))
            {
                await store.DeleteAsync(row.Key, null, cancellationToken);
            }
        }
    }

    private static string MessageRow(int generation, long number) =>
        $"m|{generation.ToString("D8", CultureInfo.InvariantCulture)}|{number.ToString("D12", CultureInfo.InvariantCulture)}";

    private static string CallRow(string call) => "c|" + RecordKeys.Part(call);

    private static string Json(StoredMessage stored) => new JsonObject
    {
        ["n"] = stored.Number,
        ["role"] = stored.Message.Role,
        ["content"] = stored.Message.Content,
        ["at"] = stored.Message.At,
        ["tokens"] = stored.Tokens,
    }.ToJsonString(WeftJson.Options);

    private static StoredMessage Parse(Row row)
    {
        var node = JsonNode.Parse(row.Json)!; // a row holds one object
        var message =
            new MemoryMessage((string?)node["role"] ?? "user", (string?)node["content"] ?? "", node["at"]?.GetValue<DateTime>() ?? default);
        return new StoredMessage(node["n"]?.GetValue<long>() ?? 0, message, node["tokens"]?.GetValue<long>() ?? TokensOf(message));
    }
}
