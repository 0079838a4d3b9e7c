using Weft.Language;

namespace Weft.Embedded.Sqlite;

/// <summary>The tables, and the settings that make a commit durable.</summary>
internal static class Schema
{
    private const int Version = 1;

    /// <summary>
    /// The history row of an instance's n-th batch of events is (instance number, n): one leaf page a batch, and a range scan
    /// for a replay. Instances are numbered in the order of their creation, so the number is the cursor of a listing.
    /// </summary>
    private const string Tables = """
        CREATE TABLE instances(
          no INTEGER PRIMARY KEY,
          id TEXT NOT NULL UNIQUE,
          name TEXT NOT NULL,
          status INTEGER NOT NULL,
          generation INTEGER NOT NULL,
          parked INTEGER NOT NULL,
          created_at INTEGER NOT NULL,
          updated_at INTEGER NOT NULL,
          completed_at INTEGER,
          wake_at INTEGER,
          parent_id TEXT,
          parent_step INTEGER,
          parent_generation INTEGER,
          tags TEXT,
          custom_status BLOB);
        CREATE INDEX instances_by_status ON instances(status, no);
        CREATE INDEX instances_by_parent ON instances(parent_id) WHERE parent_id IS NOT NULL;
        CREATE INDEX instances_by_wake ON instances(wake_at) WHERE wake_at IS NOT NULL;
        CREATE TABLE history(
          id INTEGER PRIMARY KEY,
          at INTEGER NOT NULL,
          events BLOB NOT NULL);
        CREATE TABLE tags(
          name TEXT NOT NULL,
          value TEXT NOT NULL,
          no INTEGER NOT NULL,
          PRIMARY KEY(name, value, no)) WITHOUT ROWID;
        CREATE INDEX tags_by_instance ON tags(no);
        CREATE TABLE records(
          tbl TEXT NOT NULL,
          pk BLOB NOT NULL,
          rk BLOB NOT NULL,
          version INTEGER NOT NULL,
          json BLOB NOT NULL,
          PRIMARY KEY(tbl, pk, rk)) WITHOUT ROWID;
        """;

    /// <summary>Opens the file for the writer, and makes its tables when it is new.</summary>
    public static SqliteDatabase OpenForWriting(string path)
    {
        var database = SqliteDatabase.Open(path, writable: true);
        try
        {
            // FULL: a commit has reached the disk before it is answered. The log is copied into the file after 16 MB.
            database.Execute("""
                PRAGMA journal_mode=WAL;
                PRAGMA synchronous=FULL;
                PRAGMA wal_autocheckpoint=4000;
                PRAGMA temp_store=MEMORY;
                PRAGMA cache_size=-16384;
                """);
            var version = database.QueryInt64("PRAGMA user_version");
            if (version > Version)
            {
                throw new WeftException(
                    "data_folder_too_new",
                    Fault.NotSetUp,
                    $"The database '{path}' has format {version}, and this version knows formats up to {Version}. Use the version that "
                    + $"wrote it, or a newer one.");
            }

            if (version == 0)
            {
                database.Execute($"BEGIN; {Tables} PRAGMA user_version={Version}; COMMIT");
            }

            PrepareLog(path + "-wal");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Gives the log its first megabytes. A commit into room that exists costs one wait for the disk, a commit that makes the file
    /// longer costs two. SQLite takes zeros for the end of the log, and does not write to it while this runs: nobody else has the file yet.
    /// </summary>
    private static void PrepareLog(string path)
    {
        const int Room = 4 << 20;
        using var log = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        if (log.Length < Room)
        {
            log.Position = log.Length;
            log.Write(new byte[Room - log.Length]);
        }
    }
}
