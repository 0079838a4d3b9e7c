using System.Text.Json;
using Weft.Agents.Storage;
using Weft.Language;

namespace Weft.Agents.Tools.Providers.Composio.Connections;

/// <summary>The connections that were made here.</summary>
/// <remarks>
/// Table <c>connections</c>: partition <c>e|entity</c> / app: the entity's connection to it, the newest one;
/// partition <c>c|connection id</c> / <c>of</c>: whose it is.
/// </remarks>
internal sealed class ConnectionRecords(IRecordStore store)
{
    /// <summary>The table.</summary>
    public const string Table = "connections";

    /// <summary>Writes a connection, in the place of an earlier one of the entity to the app.</summary>
    public async Task WriteAsync(Connection connection, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.Serialize(connection, WeftJson.Options);
        await store.UpsertAsync(new RowKey(Table, "c|" + RecordKeys.Part(connection.ConnectionId), "of"), json, cancellationToken);
        await store.UpsertAsync(Key(connection.EntityId, connection.AppName), json, cancellationToken);
    }

    /// <summary>An entity's connection to an app; null when it has none.</summary>
    public async Task<Connection?> FindAsync(string entityId, string appName, CancellationToken cancellationToken) =>
        (await store.ReadAsync(Key(entityId, appName), cancellationToken))?.As<Connection>();

    /// <summary>The connection of an id; null when none was made here.</summary>
    public async Task<Connection?> FindAsync(string connectionId, CancellationToken cancellationToken)
    {
        var noted =
            (await store.ReadAsync(new RowKey(Table, "c|" + RecordKeys.Part(connectionId), "of"), cancellationToken))?.As<Connection>();
        var current = noted is null ? null : await FindAsync(noted.EntityId, noted.AppName, cancellationToken);
        return current?.ConnectionId == connectionId ? current : noted;
    }

    /// <summary>Notes what became of a connection that a newer one of the same entity and app may have replaced.</summary>
    public async Task UpdateAsync(Connection connection, CancellationToken cancellationToken)
    {
        var current = await FindAsync(connection.EntityId, connection.AppName, cancellationToken);
        if (current is null || current.ConnectionId == connection.ConnectionId)
        {
            await WriteAsync(connection, cancellationToken);
            return;
        }

        var json = JsonSerializer.Serialize(connection, WeftJson.Options);
        await store.UpsertAsync(new RowKey(Table, "c|" + RecordKeys.Part(connection.ConnectionId), "of"), json, cancellationToken);
    }

    /// <summary>An entity's connections, by app.</summary>
    public async Task<IReadOnlyList<Connection>> ListAsync(string entityId, CancellationToken cancellationToken) =>
        await store.ReadAllAsync(new RowRange(Table, "e|" + RecordKeys.Part(entityId)) { PageSize = 500 }, cancellationToken)
            .Select(r => r.As<Connection>()).ToListAsync(cancellationToken);

    private static RowKey Key(string entityId, string appName) => new(Table, "e|" + RecordKeys.Part(entityId), RecordKeys.Part(appName));
}
