using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Agents.Payloads;
using Weft.Agents.Storage;
using Weft.Language;

namespace Weft.Runtime.Records;

/// <summary>The registered workflows and their definitions. Keys: <see cref="RecordKeys"/>.</summary>
internal sealed class WorkflowRecords(IRecordStore store, ContextStore contexts)
{
    /// <summary>Registers a definition under its id.</summary>
    /// <param name="candidate">The version; its revision is decided here.</param>
    /// <param name="definition">What it says.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The version that now is the latest, and whether it is new or was changed.</returns>
    public async Task<(WorkflowVersion Latest, bool Changed, bool Created)> PutAsync(
        WorkflowVersion candidate, StoredDefinition definition, CancellationToken cancellationToken)
    {
        await PutDefinitionAsync(candidate.ContentHash, definition, cancellationToken);
        return await store.UpdateAsync<(WorkflowVersion, bool, bool)>(
            RecordKeys.LatestWorkflow(candidate.Id),
            $"Workflow '{candidate.Id}' kept changing while it was written",
            async found =>
            {
                var before = found?.As<WorkflowVersion>();
                if (before is { Deleted: false } && before.ContentHash == candidate.ContentHash && before.Source == candidate.Source)
                {
                    return new RowUpdate<(WorkflowVersion, bool, bool)>.Keep((before, false, false));
                }

                var same = before is not null && before.ContentHash == candidate.ContentHash;
                var next = candidate with { Revision = before is null ? 1 : same ? before.Revision : before.Revision + 1 };
                if (!same && !await PutRevisionAsync(next, cancellationToken))
                {
                    return new RowUpdate<(WorkflowVersion, bool, bool)>.Again();
                }

                // same says that there is one.
                return new RowUpdate<(WorkflowVersion, bool, bool)>.Write(
                    Write(next), (next, !same || before!.Deleted, before is null or { Deleted: true }));
            },
            cancellationToken);
    }

    /// <summary>The latest version; null when there is none, or it was deleted.</summary>
    public async Task<WorkflowVersion?> FindAsync(string workflowId, CancellationToken cancellationToken) =>
        await store.ReadAsync(RecordKeys.LatestWorkflow(workflowId), cancellationToken) is { } row
            && row.As<WorkflowVersion>() is { Deleted: false } version ? version : null;

    /// <summary>Every workflow's latest version, by id.</summary>
    public async Task<IReadOnlyList<WorkflowVersion>> ListAsync(CancellationToken cancellationToken)
    {
        var key = RecordKeys.LatestWorkflow("x");
        var all = await ReadAllAsync(new RowRange(key.Table, key.Partition), cancellationToken);
        return [.. all.Where(v => !v.Deleted).OrderBy(v => v.Id, StringComparer.Ordinal)];
    }

    /// <summary>Every version of one workflow, newest first.</summary>
    public Task<IReadOnlyList<WorkflowVersion>> VersionsAsync(string workflowId, CancellationToken cancellationToken)
    {
        var key = RecordKeys.WorkflowRevision(workflowId, 0);
        return ReadAllAsync(new RowRange(key.Table, key.Partition), cancellationToken);
    }

    /// <summary>Takes a workflow out of the registry. Its versions stay, for the executions that are pinned to them.</summary>
    /// <returns>False when there is none.</returns>
    public Task<bool> DeleteAsync(string workflowId, DateTime now, CancellationToken cancellationToken) =>
        store.UpdateAsync<bool>(
            RecordKeys.LatestWorkflow(workflowId),
            $"Workflow '{workflowId}' kept changing while it was deleted",
            found => found?.As<WorkflowVersion>() is { Deleted: false } before
                ? new RowUpdate<bool>.Write(Write(before with { Deleted = true, UpdatedAt = now }), true)
                : new RowUpdate<bool>.Keep(false),
            cancellationToken);

    /// <summary>A definition by its content hash; null when none is stored.</summary>
    public async Task<StoredDefinition?> DefinitionAsync(string contentHash, CancellationToken cancellationToken)
    {
        if (contentHash.Length == 0 || await store.ReadAsync(RecordKeys.Definition(contentHash), cancellationToken) is not { } row)
        {
            return null;
        }

        var stored = await contexts.LoadAsync(JsonNode.Parse(row.Json), cancellationToken);
        return stored.Deserialize<StoredDefinition>(WeftJson.Options);
    }

    // Content never changes under its hash; the text may (comments, blank lines), and the newest is kept.
    private async Task PutDefinitionAsync(string contentHash, StoredDefinition definition, CancellationToken cancellationToken)
    {
        var row = new JsonObject
        {
            ["json"] = await contexts.OffloadForGoodAsync(definition.Json, cancellationToken),
            ["text"] = await contexts.OffloadForGoodAsync(definition.Text, cancellationToken),
        }.ToJsonString(WeftJson.Options);
        var key = RecordKeys.Definition(contentHash);
        if (await store.ReadAsync(key, cancellationToken) is { } before && before.Json == row)
        {
            return;
        }

        await store.UpsertAsync(key, row, cancellationToken);
    }

    // The revision is written before the pointer: one without the other is a put that died, and the next put takes it up.
    private async Task<bool> PutRevisionAsync(WorkflowVersion version, CancellationToken cancellationToken)
    {
        var key = RecordKeys.WorkflowRevision(version.Id, version.Revision);
        if ((await store.InsertAsync(key, Write(version), cancellationToken)).Written)
        {
            return true;
        }

        var winner = await store.ReadAsync(key, cancellationToken);
        if (winner is not null && winner.As<WorkflowVersion>().ContentHash == version.ContentHash)
        {
            return true;
        }

        // Another's revision took the number. It becomes the latest if its writer has not come to it, and this put follows it.
        if (winner is not null)
        {
            var latest = await store.ReadAsync(RecordKeys.LatestWorkflow(version.Id), cancellationToken);
            if (latest is null)
            {
                await store.InsertAsync(RecordKeys.LatestWorkflow(version.Id), winner.Json, cancellationToken);
            }
            else if (latest.As<WorkflowVersion>().Revision < version.Revision)
            {
                await store.ReplaceAsync(latest.Key, winner.Json, latest.ETag, cancellationToken);
            }
        }

        return false;
    }

    private async Task<IReadOnlyList<WorkflowVersion>> ReadAllAsync(RowRange range, CancellationToken cancellationToken) =>
        await store.ReadAllAsync(range with { PageSize = 500 }, cancellationToken).Select(r => r.As<WorkflowVersion>()).ToListAsync(
            cancellationToken);

    private static string Write(WorkflowVersion version) => JsonSerializer.Serialize(version, WeftJson.Options);
}
