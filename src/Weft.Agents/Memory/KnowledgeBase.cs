using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Weft.Agents.Search;
using Weft.Agents.Storage;
using Weft.Language;

namespace Weft.Agents.Memory;

/// <summary>Documents by collection, found by their words (BM25).</summary>
/// <remarks>
/// Table <c>knowledge</c>; partition: the collection; row <c>head</c>: <c>{version}</c>, changed with every write; rows
/// <c>d|document|piece</c>. Each process keeps an index of the collections it searches, and builds it anew when the head has changed.
/// </remarks>
public sealed class KnowledgeBase(IRecordStore store, IOptions<MemoryOptions> options, TimeProvider time)
{
    private const string Table = "knowledge";
    private const string HeadRow = "head";
    private const int MaxContent = 1_000_000;
    private const int MaxMetadataBytes = 8 * 1024;

    private readonly ConcurrentDictionary<string, Lazy<Task<Collection>>> _indexes = new(StringComparer.Ordinal);

    /// <summary>Puts documents into a collection, in the place of those with the same ids.</summary>
    /// <returns>The number of pieces that were stored.</returns>
    /// <exception cref="WeftException">Code <c>invalid_document</c>.</exception>
    public async Task<int> PutAsync(string collection, IReadOnlyList<KnowledgeDocument> documents, CancellationToken cancellationToken)
    {
        CheckName(collection);
        foreach (var document in documents)
        {
            Check(document);
        }

        var pieces = 0;
        foreach (var document in documents.GroupBy(d => d.Id, StringComparer.Ordinal).Select(g => g.Last()))
        {
            pieces += await PutAsync(collection, document, cancellationToken);
        }

        await TouchAsync(collection, cancellationToken);
        return pieces;
    }

    /// <summary>Whether a collection was ever written to.</summary>
    public async Task<bool> ExistsAsync(string collection, CancellationToken cancellationToken) =>
        await store.ReadAsync(Key(collection, HeadRow), cancellationToken) is not null;

    /// <summary>Removes a document.</summary>
    /// <returns>False: there was none.</returns>
    public async Task<bool> DeleteAsync(string collection, string id, CancellationToken cancellationToken)
    {
        CheckName(collection);
        var removed = await RemoveAsync(collection, id, fromPiece: 0, cancellationToken);
        if (removed > 0)
        {
            await TouchAsync(collection, cancellationToken);
        }

        return removed > 0;
    }

    /// <summary>Finds the pieces that fit a query best.</summary>
    /// <param name="collection">The collection; one that does not exist has no matches.</param>
    /// <param name="query">The question, in any words.</param>
    /// <param name="topK">The most matches; null: <see cref="MemoryOptions.TopK"/>.</param>
    /// <param name="filters">Metadata that a document must have; null: any.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<IReadOnlyList<KnowledgeMatch>> SearchAsync(
        string collection, string query, int? topK, JsonObject? filters, CancellationToken cancellationToken)
    {
        var current = await IndexOfAsync(collection, cancellationToken);
        var most = Math.Clamp(topK ?? options.Value.TopK, 1, 100);
        var hits = current.Index.Search(query, filters is { Count: > 0 } ? int.MaxValue : most);
        var matches = hits.Select(h => (Piece: current.Pieces[h.Text], h.Score)).Where(h => Fits(h.Piece, filters)).Take(most).ToList();
        var best = matches.Count == 0 ? 1 : matches[0].Score;
        return [.. matches.Select(
            m => new KnowledgeMatch(
                m.Piece.Id, m.Piece.Content, Math.Round(m.Score / best, 4)) { Metadata = (JsonObject?)m.Piece.Metadata?.DeepClone() })];
    }

    private async Task<int> PutAsync(string collection, KnowledgeDocument document, CancellationToken cancellationToken)
    {
        var pieces = Cut(document.Content, options.Value.ChunkLength);
        for (var i = 0; i < pieces.Count; i++)
        {
            var row = new Piece(document.Id, pieces[i]) { Metadata = document.Metadata, UpdatedAt = time.GetUtcNow().UtcDateTime };
            await store.UpsertAsync(
                Key(collection, PieceRow(document.Id, i)), JsonSerializer.Serialize(row, WeftJson.Options), cancellationToken);
        }

        await RemoveAsync(collection, document.Id, pieces.Count, cancellationToken);
        return pieces.Count;
    }

    private async Task<int> RemoveAsync(string collection, string id, int fromPiece, CancellationToken cancellationToken)
    {
        var removed = 0;
        var range =
            RowRange.WithPrefix(Table, RecordKeys.Part(collection), $"d|{RecordKeys.Part(id)}|") with { From = PieceRow(id, fromPiece) };
        await foreach (var row in store.ReadAllAsync(range, cancellationToken))
        {
            await store.DeleteAsync(row.Key, null, cancellationToken);
            removed++;
        }

        return removed;
    }

    private async Task TouchAsync(string collection, CancellationToken cancellationToken) =>
        await store.UpsertAsync(Key(collection, HeadRow), $$"""{"version":"{{Guid.NewGuid():N}}"}""", cancellationToken);

    private async Task<Collection> IndexOfAsync(string collection, CancellationToken cancellationToken)
    {
        var version = await store.ReadAsync(Key(collection, HeadRow), cancellationToken) is { } head ? head.Json : "";
        if (version.Length == 0)
        {
            return new Collection("", [], TextIndex.Of([]));
        }

        if (_indexes.TryGetValue(collection, out var kept) && kept.Value.IsCompletedSuccessfully && (await kept.Value).Version == version)
        {
            return await kept.Value;
        }

        var building = kept is null || kept.Value.IsCompleted
            ? new Lazy<Task<Collection>>(() => BuildAsync(collection, version, CancellationToken.None)) : kept;
        _indexes[collection] = building;
        return await building.Value.WaitAsync(cancellationToken);
    }

    private async Task<Collection> BuildAsync(string collection, string version, CancellationToken cancellationToken)
    {
        var range = RowRange.WithPrefix(Table, RecordKeys.Part(collection), "d|") with { PageSize = 500 };
        var pieces = await store.ReadAllAsync(range, cancellationToken).Select(r => r.As<Piece>()).ToListAsync(cancellationToken);
        return new Collection(version, pieces, TextIndex.Of(pieces.Select(p => p.Content)));
    }

    /// <summary>Cuts a text at paragraphs, else at sentences, else at spaces; a long word is cut as it is.</summary>
    private static IReadOnlyList<string> Cut(string text, int length)
    {
        var pieces = new List<string>();
        var rest = text.ReplaceLineEndings("\n").Trim();
        while (rest.Length > length)
        {
            var window = rest[..length];
            var at = new[] { "\n\n", "\n", ". ", " " }.Select(s => (Sep: s, At: window.LastIndexOf(s, StringComparison.Ordinal)))
                .Where(c => c.At > length / 3).Select(c => c.At + c.Sep.Length).FirstOrDefault(length);
            at = char.IsHighSurrogate(rest[at - 1]) ? at - 1 : at;
            pieces.Add(rest[..at].Trim());
            rest = rest[at..].Trim();
        }

        if (rest.Length > 0)
        {
            pieces.Add(rest);
        }

        return pieces;
    }

    private static bool Fits(Piece piece, JsonObject? filters) =>
        filters is null || filters.All(f => JsonNode.DeepEquals(piece.Metadata?[f.Key], f.Value));

    private static void Check(KnowledgeDocument document)
    {
        if (string.IsNullOrWhiteSpace(document.Id) || document.Id.Length > 250)
        {
            throw new WeftException("invalid_document", Fault.Invalid, "A document's id has 1 to 250 characters.");
        }

        if (string.IsNullOrWhiteSpace(document.Content) || document.Content.Length > MaxContent)
        {
            throw new WeftException(
                "invalid_document", Fault.Invalid, $"The document '{document.Id}' must have content, of at most {MaxContent} characters.");
        }

        if (document.Metadata is { } metadata && Encoding.UTF8.GetByteCount(metadata.ToJsonString(WeftJson.Options)) > MaxMetadataBytes)
        {
            throw new WeftException(
                "invalid_document", Fault.Invalid,
                $"The metadata of the document '{document.Id}' is larger than {MaxMetadataBytes} bytes.");
        }
    }

    private static void CheckName(string collection)
    {
        if (string.IsNullOrWhiteSpace(collection) || collection.Length > 250)
        {
            throw new WeftException("invalid_document", Fault.Invalid, "A collection's name has 1 to 250 characters.");
        }
    }

    private static string PieceRow(string id, int piece) => $"d|{RecordKeys.Part(id)}|{piece.ToString("D6", CultureInfo.InvariantCulture)}";

    private static RowKey Key(string collection, string row) => new(Table, RecordKeys.Part(collection), row);

    private sealed record Piece(string Id, string Content)
    {
        public JsonObject? Metadata { get; init; }

        public DateTime UpdatedAt { get; init; }
    }

    private sealed record Collection(string Version, IReadOnlyList<Piece> Pieces, TextIndex Index);
}
