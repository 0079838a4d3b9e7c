using System.Globalization;
using Weft.Agents.Storage;
using Weft.Embedded.Sqlite;

namespace Weft.Embedded.Records;

/// <summary>Writes records inside the transaction under way.</summary>
internal sealed class RecordWriter
{
    private readonly SqliteStatement _version;
    private readonly SqliteStatement _put;
    private readonly SqliteStatement _delete;
    private long _lastVersion;

    public RecordWriter(SqliteDatabase database)
    {
        _version = database.Prepare("SELECT version FROM records WHERE tbl=?1 AND pk=?2 AND rk=?3");
        _put = database.Prepare("INSERT OR REPLACE INTO records(tbl, pk, rk, version, json) VALUES(?1, ?2, ?3, ?4, ?5)");
        _delete = database.Prepare("DELETE FROM records WHERE tbl=?1 AND pk=?2 AND rk=?3");

        // From the clock, so that a version never comes back, not even one of a deleted row in an earlier process.
        _lastVersion = Math.Max(TimeProvider.System.GetUtcNow().Ticks, database.QueryInt64("SELECT max(version) FROM records"));
    }

    /// <summary>Says whether a write fits what is there; writes nothing.</summary>
    public WriteStatus Fits(StoredWrite write)
    {
        if (write.Kind == StoredWriteKind.Upsert)
        {
            return WriteStatus.Written;
        }

        _version.Bind(1, write.Table).Bind(2, write.Partition.AsSpan()).Bind(3, write.Row.AsSpan());
        var version = _version.Step() ? _version.Int64(0) : (long?)null;
        _version.Reset();
        return write.Kind == StoredWriteKind.Insert
            ? version is null ? WriteStatus.Written : WriteStatus.Conflict
            : version is null ? WriteStatus.NotFound
            : write.Expected is { } expected && expected != version ? WriteStatus.Conflict
            : WriteStatus.Written;
    }

    public ETag Write(StoredWrite write)
    {
        if (write.Kind == StoredWriteKind.Delete)
        {
            _delete.Bind(1, write.Table).Bind(2, write.Partition.AsSpan()).Bind(3, write.Row.AsSpan()).Run();
            return default;
        }

        var version = ++_lastVersion;
        _put.Bind(1, write.Table).Bind(2, write.Partition.AsSpan()).Bind(3, write.Row.AsSpan()).Bind(4, version)
            .Bind(5, write.Json.AsSpan()).Run();
        return Tag(version);
    }

    public static ETag Tag(long version) => new(version.ToString("x", CultureInfo.InvariantCulture));

    /// <summary>The version of a tag; -1, which no row has, for a tag that this store never gave.</summary>
    public static long Version(ETag tag) =>
        long.TryParse(tag.Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var version) ? version : -1;
}
