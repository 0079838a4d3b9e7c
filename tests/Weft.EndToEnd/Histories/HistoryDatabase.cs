using Weft.Embedded.Engine;
using Weft.Embedded.Replay;
using Weft.Embedded.Sqlite;

namespace Weft.EndToEnd.Histories;

/// <summary>Reads histories out of a data folder that no process has open.</summary>
internal static class HistoryDatabase
{
    /// <summary>Reads an instance, and then all that it started, in the order of their creation.</summary>
    public static IReadOnlyList<StoredHistory> Read(string dataFolder, string instanceId)
    {
        using var database = SqliteDatabase.Open(Path.Combine(dataFolder, "weft.db"), writable: false);
        List<StoredHistory> found = [];
        Add(database, instanceId, found);
        return found;
    }

    private static void Add(SqliteDatabase database, string instanceId, List<StoredHistory> found)
    {
        using (var row = database.PrepareOnce($"SELECT {InstanceReader.Columns} FROM instances WHERE id=?1").Bind(1, instanceId))
        {
            Assert.True(row.Step(), $"There is no instance '{instanceId}'.");
            var identity = InstanceReader.IdentityOf(row, instanceId);
            found.Add(Complete(new StoredHistory
            {
                InstanceId = instanceId,
                Orchestrator = identity.Name,
                CreatedAt = identity.CreatedAt,
                Generation = row.Int32(3),
                ParentId = identity.Parent?.InstanceId,
                ParentGeneration = identity.Parent?.Generation ?? 0,
                ParentStep = identity.Parent?.Step ?? 0,
                Batches = Batches(database, row.Int64(0)),
                Events = [],
                Inputs = [],
            }));
        }

        List<string> children = [];
        using (var rows = database.PrepareOnce("SELECT id FROM instances WHERE parent_id=?1 ORDER BY no").Bind(1, instanceId))
        {
            while (rows.Step())
            {
                children.Add(rows.Text(0));
            }
        }

        foreach (var child in children)
        {
            Add(database, child, found);
        }
    }

    private static List<byte[]> Batches(SqliteDatabase database, long no)
    {
        List<byte[]> batches = [];
        using var rows = database.PrepareOnce("SELECT events FROM history WHERE id>=?1 AND id<?2 ORDER BY id")
            .Bind(1, InstanceWriter.HistoryId(no, 0)).Bind(2, InstanceWriter.HistoryId(no + 1, 0));
        while (rows.Step())
        {
            batches.Add(rows.Bytes(0).ToArray());
        }

        return batches;
    }

    private static StoredHistory Complete(StoredHistory history) =>
        history with { Events = [.. history.Decode().Select(StoredHistory.Describe)], Inputs = Replay.Live(history).Inputs };
}
