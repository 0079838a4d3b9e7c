using System.IO.Compression;
using System.Text.Json;
using Weft.Agents.Storage;
using Weft.Language;

namespace Weft.Agents.Payloads;

/// <summary>Payloads as rows: compressed, cut into chunks that fit a row, one partition for each payload.</summary>
/// <remarks>
/// Table <c>payloads</c>; partition: the 64 hexadecimal digits; row <c>0000</c> (the head): <c>{"bytes": n, "encoding": "br",
/// "chunks": k, "data": base64}</c>, rows <c>0001</c> and on: <c>{"data": base64}</c>. The head is written last: where it lies,
/// the payload is whole. Content never changes, so that a second writer of the same payload writes the same rows.
/// </remarks>
internal sealed class PayloadRows(IRecordStore store)
{
    private const string Table = "payloads";
    private const string HeadRow = "0000";

    // 47,000 bytes are 62,668 characters of base64: under the 64 KiB of a row with room for the other properties.
    private const int ChunkBytes = 47_000;

    // Azure Tables take at most 4 MiB in one batch, and count UTF-16.
    private const int ChunksPerBatch = 24;

    public async Task<bool> ExistsAsync(string digest, CancellationToken cancellationToken) =>
        await store.ReadAsync(Key(digest, 0), cancellationToken) is not null;

    public async Task WriteAsync(string digest, byte[] json, CancellationToken cancellationToken)
    {
        var packed = Compress(json);
        var chunks = Math.Max(1, (packed.Length + ChunkBytes - 1) / ChunkBytes);
        for (var first = 1; first < chunks; first += ChunksPerBatch)
        {
            var writes = Enumerable.Range(first, Math.Min(ChunksPerBatch, chunks - first))
                .Select(i => (RowWrite)new RowWrite.Upsert(Key(digest, i), Row(new Chunk { Data = Cut(packed, i) })))
                .ToList();
            await store.BatchAsync(writes, cancellationToken);
        }

        var head = new Chunk { Bytes = json.Length, Encoding = "br", Chunks = chunks, Data = Cut(packed, 0) };
        await store.UpsertAsync(Key(digest, 0), Row(head), cancellationToken);
    }

    /// <summary>The payload's JSON, or null when it is not stored.</summary>
    public async Task<byte[]?> ReadAsync(string digest, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(Key(digest, 0), cancellationToken) is not { } row)
        {
            return null;
        }

        var head = row.As<Chunk>();
        if (head.Chunks <= 1)
        {
            return Decompress([head.Data], head.Bytes);
        }

        var parts = new List<byte[]>(head.Chunks) { head.Data };
        var range = new RowRange(Table, digest) { From = RowName(1), PageSize = 100 };
        await foreach (var chunk in store.ReadAllAsync(range, cancellationToken))
        {
            parts.Add(chunk.As<Chunk>().Data);
        }

        return parts.Count == head.Chunks ? Decompress(parts, head.Bytes) : null;
    }

    /// <summary>Removes a payload: the rows as they lie there now. One that is written anew meanwhile stays.</summary>
    public async Task DeleteAsync(string digest, PayloadUse use, PayloadUses uses, CancellationToken cancellationToken)
    {
        var rows = await store.ReadAllAsync(new RowRange(Table, digest) { PageSize = 100 }, cancellationToken).ToListAsync(
            cancellationToken);

        // Whoever uses it from here on writes it again after this read: its rows then have other tags, and are left alone.
        if (await uses.IsStillAsync(use, cancellationToken))
        {
            foreach (var row in rows)
            {
                await store.DeleteAsync(row.Key, row.ETag, cancellationToken);
            }
        }
    }

    private static byte[] Compress(byte[] json)
    {
        // Quality 4 packs prompts and tool results to about a quarter at more than 100 MB/s; higher levels cost time, not space.
        var target = new byte[BrotliEncoder.GetMaxCompressedLength(json.Length)];
        if (!BrotliEncoder.TryCompress(json, target, out var written, quality: 4, window: 22))
        {
            throw new InvalidOperationException("Brotli found its own upper bound too small.");
        }

        return target[..written];
    }

    private static byte[] Decompress(IReadOnlyList<byte[]> parts, int bytes)
    {
        var packed = parts.Count == 1 ? parts[0] : parts.SelectMany(p => p).ToArray();
        var json = new byte[bytes];
        return BrotliDecoder.TryDecompress(packed, json, out var written) && written == bytes
            ? json
            : throw new InvalidDataException("A stored payload does not unpack to the size that its head states.");
    }

    private static byte[] Cut(byte[] packed, int chunk) =>
        packed[(chunk * ChunkBytes)..Math.Min(packed.Length, (chunk + 1) * ChunkBytes)];

    private static RowKey Key(string digest, int chunk) => new(Table, digest, chunk == 0 ? HeadRow : RowName(chunk));

    private static string RowName(int chunk) => chunk.ToString("D4");

    private static string Row(Chunk chunk) => JsonSerializer.Serialize(chunk, WeftJson.Options);

    private sealed record Chunk
    {
        public int Bytes { get; init; }

        public string? Encoding { get; init; }

        public int Chunks { get; init; }

        public byte[] Data { get; init; } = [];
    }
}
