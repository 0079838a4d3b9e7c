using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Agents.Json;
using Weft.Agents.Storage;
using Weft.Language;
using Weft.Language.Loading;
using Weft.Language.Schemas;

namespace Weft.Agents.Tools.Providers.Composio;

/// <summary>The catalog as rows, so that a start without Composio knows what the last one knew.</summary>
/// <remarks>
/// Table <c>tool_catalog</c>; partition: the app; row <c>head</c>: <c>{generation, fetched_at, etag, count}</c>; rows
/// <c>a|generation|slug</c>: one action each. The head is written last, so that a list is seen whole or not at all.
/// </remarks>
internal sealed class CatalogRows(IRecordStore store)
{
    private const string Table = "tool_catalog";
    private const string HeadRow = "head";

    // Azure Tables take at most 4 MiB in one batch, and count UTF-16.
    private const int RowsPerBatch = 24;

    public async Task<AppActions?> ReadAsync(string app, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(Key(app, HeadRow), cancellationToken) is not { } row
            || LenientJson.Parse(row.Json) is not JsonObject head || head.Text("generation") is not { } generation)
        {
            return null;
        }

        var tools = new List<ComposioTool>();
        await foreach (var action in RowsAsync(app, $"a|{generation}|", cancellationToken))
        {
            if (ComposioTool.Read(LenientJson.Parse(action.Json)) is { } tool)
            {
                tools.Add(tool);
            }
        }

        // Another process may be writing a newer list over this one: half of a list is none.
        return tools.Count == head.Number("count")
            ? AppActions.Of(app, tools, head.Time("fetched_at") ?? DateTime.UnixEpoch, head.Text("etag")) : null;
    }

    public async Task WriteAsync(AppActions actions, CancellationToken cancellationToken)
    {
        var generation = Guid.NewGuid().ToString("N")[..12];
        foreach (var batch in actions.Actions.Values.Chunk(RowsPerBatch))
        {
            await store.BatchAsync(
                [.. batch.Select(
                    a => (RowWrite)new RowWrite.Upsert(Key(actions.App, $"a|{generation}|{RecordKeys.Part(a.Tool.Slug)}"), Json(a.Tool)))],
                cancellationToken);
        }

        await WriteHeadAsync(actions, generation, cancellationToken);
        await RemoveOthersAsync(actions.App, generation, cancellationToken);
    }

    /// <summary>Notes that the stored list is still the one.</summary>
    public async Task TouchAsync(AppActions actions, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(Key(actions.App, HeadRow), cancellationToken) is { } row
            && LenientJson.Parse(row.Json).Text("generation") is { } generation)
        {
            await WriteHeadAsync(actions, generation, cancellationToken);
        }
    }

    private async Task WriteHeadAsync(AppActions actions, string generation, CancellationToken cancellationToken)
    {
        var head = new JsonObject
        {
            ["generation"] = generation,
            ["fetched_at"] = actions.FetchedAt,
            ["etag"] = actions.ETag,
            ["count"] = actions.Actions.Count,
        };
        await store.UpsertAsync(Key(actions.App, HeadRow), head.ToJsonString(WeftJson.Options), cancellationToken);
    }

    private async Task RemoveOthersAsync(string app, string generation, CancellationToken cancellationToken)
    {
        var old = new List<RowKey>();
        await foreach (var row in RowsAsync(app, "a|", cancellationToken))
        {
            if (!row.Key.Row.StartsWith($"a|{generation}|", StringComparison.Ordinal))
            {
                old.Add(row.Key);
            }
        }

        foreach (var key in old)
        {
            await store.DeleteAsync(key, null, cancellationToken);
        }
    }

    private IAsyncEnumerable<Row> RowsAsync(string app, string prefix, CancellationToken cancellationToken) =>
        store.ReadAllAsync(RowRange.WithPrefix(Table, RecordKeys.Part(app), prefix) with { PageSize = 500 }, cancellationToken);

    /// <summary>An action that fits a row: what a call does not need goes first.</summary>
    private static string Json(ComposioTool tool)
    {
        var text = Serialize(tool);
        if (Encoding.UTF8.GetByteCount(text) > RowLimits.MaxJsonBytes)
        {
            text = Serialize(tool with { Output = null });
        }

        if (Encoding.UTF8.GetByteCount(text) > RowLimits.MaxJsonBytes)
        {
            // The normalised schema is the smaller one; a schema beyond that is taken as one that accepts anything.
            var small = tool with
            {
                Output = null,
                Input = ToolSchema.Normalise(tool.Input),
                Description = tool.Description is { Length: > 2000 } d ? d[..2000] : tool.Description,
            };
            text = Serialize(small);
            text = Encoding.UTF8.GetByteCount(text) > RowLimits.MaxJsonBytes ? Serialize(small with { Input = ToolSchema.Empty }) : text;
        }

        return text;
    }

    private static string Serialize(ComposioTool tool) => new JsonObject
    {
        ["slug"] = tool.Slug,
        ["name"] = tool.Name,
        ["description"] = tool.Description,
        ["toolkit"] = new JsonObject { ["slug"] = tool.Toolkit },
        ["input_parameters"] = tool.Input.DeepClone(),
        ["output_parameters"] = tool.Output?.DeepClone(),
        ["no_auth"] = tool.NoAuth,
        ["version"] = tool.Version,
        ["tags"] = JsonSerializer.SerializeToNode(tool.Tags, WeftJson.Options),
        ["is_deprecated"] = tool.Deprecated,
    }.ToJsonString(WeftJson.Options);

    private static RowKey Key(string app, string row) => new(Table, RecordKeys.Part(app), row);
}
