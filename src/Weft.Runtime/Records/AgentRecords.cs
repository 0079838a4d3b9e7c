using System.Text.Json;
using Weft.Agents.Storage;
using Weft.Language;
using Weft.Language.Definitions;

namespace Weft.Runtime.Records;

/// <summary>The agent cards that were put by the API. Keys: <see cref="RecordKeys"/>.</summary>
internal sealed class AgentRecords(IRecordStore store)
{
    /// <returns>Whether the name is new.</returns>
    public async Task<bool> PutAsync(AgentCard card, CancellationToken cancellationToken)
    {
        var key = RecordKeys.AgentCard(card.Name);
        var json = JsonSerializer.Serialize(card, WeftJson.Options);
        if ((await store.InsertAsync(key, json, cancellationToken)).Written)
        {
            return true;
        }

        await store.UpsertAsync(key, json, cancellationToken);
        return false;
    }

    /// <returns>False when there is none.</returns>
    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) =>
        (await store.DeleteAsync(RecordKeys.AgentCard(name), null, cancellationToken)).Written;

    public async Task<IReadOnlyList<AgentCard>> ListAsync(CancellationToken cancellationToken)
    {
        var key = RecordKeys.AgentCard("x");
        var range = new RowRange(key.Table, key.Partition) { PageSize = 500 };
        var cards = new List<AgentCard>();
        do
        {
            var page = await store.QueryAsync(range, cancellationToken);
            cards.AddRange(page.Rows.Select(r => JsonSerializer.Deserialize<AgentCard>(r.Json, WeftJson.Options)!)); // A row is never the word null.
            range = range with { Cursor = page.NextCursor };
        }
        while (range.Cursor is not null);
        return cards;
    }
}
