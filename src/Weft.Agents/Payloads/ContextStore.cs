using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Weft.Agents.Storage;
using Weft.Language;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Agents.Payloads;

/// <summary>
/// Keeps values that are too large for a history, and hands out stand-ins for them (<see cref="PayloadReference"/>).
/// Content-addressed: the same value is stored once, however many turns repeat it.
/// </summary>
/// <remarks>Safe for concurrent use. Only activities and readers use it; orchestrators pass stand-ins on unopened.</remarks>
public sealed class ContextStore
{
    private const int PreviewLength = 200;

    // An offloaded value may hold stand-ins, whose values may hold stand-ins …: deeper than this is a mistake, or an attack.
    private const int DeepestNesting = 16;

    private readonly PayloadRows _rows;
    private readonly PayloadUses _uses;
    private readonly PayloadCache _cache;
    private readonly int _maxPayloadBytes;

    /// <summary>Makes the store over the record store.</summary>
    public ContextStore(IRecordStore store, IOptions<ContextStoreOptions> options, TimeProvider time)
    {
        _uses = new PayloadUses(store, time);
        _rows = new PayloadRows(store);
        _cache = new PayloadCache(options.Value.CacheBytes);
        _maxPayloadBytes = options.Value.MaxPayloadBytes;
    }

    /// <summary>
    /// Answers the value itself when it is at most <see cref="PayloadReference.InlineLimit"/> bytes of JSON, else stores it and answers a
    /// stand-in.
    /// </summary>
    /// <returns>The same node that came in, or a new stand-in; durable once the task completes.</returns>
    /// <exception cref="ActivityException">Code <c>payload_too_large</c>: it is over
    /// <see cref="ContextStoreOptions.MaxPayloadBytes"/>.</exception>
    public Task<JsonNode?> OffloadAsync(JsonNode? value, CancellationToken cancellationToken) =>
        OffloadAsync(value, forGood: false, cancellationToken);

    /// <summary>Offloads a value that no execution owns, such as a definition: it is never purged.</summary>
    public Task<JsonNode?> OffloadForGoodAsync(JsonNode? value, CancellationToken cancellationToken) =>
        OffloadAsync(value, forGood: true, cancellationToken);

    /// <summary>Notes that the stored values that a tree stands for are in use, so that no purge takes them.</summary>
    public async Task TouchAsync(JsonNode? value, CancellationToken cancellationToken)
    {
        switch (value)
        {
            case not null when PayloadReference.HashOf(value) is { } hash && DigestOf(hash) is { } digest:
                await _uses.TouchAsync(digest, forGood: false, cancellationToken);
                break;
            case JsonObject members:
                foreach (var (_, member) in members)
                {
                    await TouchAsync(member, cancellationToken);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    await TouchAsync(item, cancellationToken);
                }

                break;
        }
    }

    /// <summary>Removes stored values that were not in use since a time: a part of them, which the turn says.</summary>
    /// <returns>How many were removed, at most <paramref name="atMost"/>.</returns>
    public async Task<int> PurgeAsync(DateTime before, int turn, int atMost, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var use in await _uses.UnusedAsync(before, turn, atMost, cancellationToken))
        {
            removed += await _uses.RetireAsync(use, digest => _rows.DeleteAsync(digest, use, _uses, cancellationToken), cancellationToken)
                ? 1 : 0;
        }

        return removed;
    }

    private async Task<JsonNode?> OffloadAsync(JsonNode? value, bool forGood, CancellationToken cancellationToken)
    {
        if (value is null || PayloadReference.HashOf(value) is not null)
        {
            return value;
        }

        var json = Serialize(value);
        if (json.Length <= PayloadReference.InlineLimit)
        {
            return value;
        }

        if (json.Length > _maxPayloadBytes)
        {
            throw new ActivityException(
                "payload_too_large",
                Fault.TooLarge,
                $"A value of {json.Length:N0} bytes is larger than the {_maxPayloadBytes:N0} bytes that "
                + $"{ContextStoreOptions.Section}:{nameof(ContextStoreOptions.MaxPayloadBytes)} allows. "
                + "Have the step answer less (a page, a filter, the fields that are needed), or raise the limit.");
        }

        var bytes = json.ToArray();
        var digest = Digest(bytes);
        if (!_uses.IsRecent(digest) || forGood)
        {
            // The use first: from then on no purge takes what is looked for here.
            var known = await _uses.TouchAsync(digest, forGood, cancellationToken);
            if (!known || !await _rows.ExistsAsync(digest, cancellationToken))
            {
                await _rows.WriteAsync(digest, bytes, cancellationToken);
            }

            _uses.MarkRecent(digest);
        }

        _cache.Keep(digest, bytes);

        return PayloadReference.Create("sha256:" + digest, bytes.Length, Preview(value, bytes));
    }

    /// <summary>Puts the stored values in the place of their stand-ins, anywhere in the tree.</summary>
    /// <returns>The same node when it holds no stand-in, else a new tree; what came in is not changed.</returns>
    /// <exception cref="ActivityException">Code <c>payload_missing</c>: a stand-in's value is not stored here. Code <c>payload_corrupt</c>:
    /// it is, and has changed.</exception>
    public Task<JsonNode?> LoadAsync(JsonNode? value, CancellationToken cancellationToken) =>
        LoadAsync(value, DeepestNesting, cancellationToken);

    /// <summary>Loads the one value that a stand-in stands for; stand-ins within it stay.</summary>
    internal async Task<JsonNode> LoadOuterAsync(JsonNode standIn, CancellationToken cancellationToken) =>
        JsonNode.Parse(
            await LoadAsync(
                PayloadReference.HashOf(standIn) ?? throw new ArgumentException("It is no stand-in.", nameof(standIn)), cancellationToken))
            ?? throw Corrupt(PayloadReference.HashOf(standIn)!, null);

    private async Task<JsonNode?> LoadAsync(JsonNode? value, int deepest, CancellationToken cancellationToken)
    {
        if (!PayloadReference.IsIn(value))
        {
            return value;
        }

        if (deepest == 0)
        {
            throw new ActivityException(
                "payload_corrupt", Fault.Internal, $"Stored payloads lie more than {DeepestNesting} deep in one another.");
        }

        return await ResolveAsync(value, deepest, cancellationToken);
    }

    private async Task<JsonNode?> ResolveAsync(JsonNode? node, int deepest, CancellationToken cancellationToken)
    {
        if (PayloadReference.HashOf(node) is { } hash)
        {
            return await LoadAsync(JsonNode.Parse(await LoadAsync(hash, cancellationToken)), deepest - 1, cancellationToken);
        }

        switch (node)
        {
            case JsonObject o:
                var copy = new JsonObject();
                foreach (var (name, child) in o)
                {
                    copy[name] = Detached(await ResolveAsync(child, deepest, cancellationToken));
                }

                return copy;
            case JsonArray a:
                var list = new JsonArray();
                foreach (var child in a)
                {
                    list.Add(Detached(await ResolveAsync(child, deepest, cancellationToken)));
                }

                return list;
            default:
                return node?.DeepClone();
        }
    }

    private async Task<byte[]> LoadAsync(string hash, CancellationToken cancellationToken)
    {
        var digest = DigestOf(hash) ?? "";
        if (_cache.Find(digest) is { } cached)
        {
            return cached;
        }

        byte[]? json = null;
        if (digest.Length > 0)
        {
            try
            {
                json = await _rows.ReadAsync(digest, cancellationToken);
            }
            catch (Exception exception) when (exception is InvalidDataException or JsonException or FormatException)
            {
                throw Corrupt(hash, exception);
            }
        }

        if (json is null)
        {
            throw new ActivityException(
                "payload_missing",
                Fault.Internal,
                $"The stored payload '{hash}' is not in this data store. It may have been written to another data folder or account, or "
                + $"deleted; "
                + "run the workflow again from the step that made it.");
        }

        if (Digest(json) != digest)
        {
            throw Corrupt(hash, null);
        }

        _cache.Keep(digest, json);
        return json;
    }

    private static ActivityException Corrupt(string hash, Exception? cause) => new(
        "payload_corrupt",
        Fault.Internal,
        $"The stored payload '{hash}' is damaged: what lies there is not what was written. Restore the data store, or run the workflow "
        + $"again from the step that made it.",
        innerException: cause);

    // A node has one parent at most; what came out of the cache or a clone has none yet.
    private static JsonNode? Detached(JsonNode? node) => node?.Parent is null ? node : node.DeepClone();

    private static ReadOnlyMemory<byte> Serialize(JsonNode value)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer,
            new JsonWriterOptions { Encoder = WeftJson.Options.Encoder, MaxDepth = WeftJson.Options.MaxDepth, SkipValidation = true }))
        {
            value.WriteTo(writer, WeftJson.Options);
        }

        return buffer.WrittenMemory;
    }

    private static string Digest(byte[] json) => Convert.ToHexStringLower(SHA256.HashData(json));

    private static string? DigestOf(string hash) =>
        hash.StartsWith("sha256:", StringComparison.Ordinal) && IsDigest(hash["sha256:".Length..]) ? hash["sha256:".Length..] : null;

    private static bool IsDigest(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    private static string Preview(JsonNode value, byte[] json)
    {
        var text = value is JsonValue v && v.TryGetValue<string>(out var s) ? s
            : Encoding.UTF8.GetString(json, 0, Math.Min(json.Length, PreviewLength * 4));
        if (text.Length <= PreviewLength)
        {
            return text;
        }

        // Half of a surrogate pair is no character, and no valid JSON text.
        var length = char.IsHighSurrogate(text[PreviewLength - 1]) ? PreviewLength - 1 : PreviewLength;
        return text[..length];
    }
}
