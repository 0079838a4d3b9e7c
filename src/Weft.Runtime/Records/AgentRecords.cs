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
        return await store.ReadAllAsync(new RowRange(key.Table, key.Partition) { PageSize = 500 }, cancellationToken)
            .Select(r => r.As<AgentCard>()).ToListAsync(cancellationToken);
    }
}
