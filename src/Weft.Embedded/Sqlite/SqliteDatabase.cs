using SQLitePCL;
using Weft.Language;

namespace Weft.Embedded.Sqlite;

/// <summary>One connection to the database file. Used by one thread at a time; whoever uses it sees to that.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly sqlite3 _handle;
    private readonly List<SqliteStatement> _statements = [];

    static SqliteDatabase()
    {
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        raw.FreezeProvider();
        raw.sqlite3_initialize();
    }

    private SqliteDatabase(sqlite3 handle, string path)
    {
        _handle = handle;
        Path = path;
    }

    public string Path { get; }

    /// <summary>Opens the file; a writable connection creates it.</summary>
    public static SqliteDatabase Open(string path, bool writable)
    {
        var flags = raw.SQLITE_OPEN_NOMUTEX
            | (writable ? raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE : raw.SQLITE_OPEN_READWRITE);
        var result = raw.sqlite3_open_v2(path, out var handle, flags, null);
        var database = new SqliteDatabase(handle, path);
        try
        {
            database.Check(result, "open");
            if (!writable)
            {
                database.Execute("PRAGMA query_only=1");
            }

            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Runs statements that answer nothing.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql), "execute");

    /// <summary>Compiles a statement, which lives as long as the connection.</summary>
    public SqliteStatement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement), "prepare");
        var prepared = new SqliteStatement(this, statement);
        _statements.Add(prepared);
        return prepared;
    }

    /// <summary>Compiles a statement for one use; the caller disposes it.</summary>
    public SqliteStatement PrepareOnce(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_handle, sql, out var statement), "prepare");
        return new SqliteStatement(this, statement);
    }

    /// <summary>Asks for one number.</summary>
    public long QueryInt64(string sql)
    {
        using var statement = PrepareOnce(sql);
        return statement.Step() ? statement.Int64(0) : 0;
    }

    /// <summary>Gets the number of rows that the last statement changed.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    public void Check(int result, string action)
    {
        if (result is raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE)
        {
            return;
        }

        var message = raw.sqlite3_errmsg(_handle).utf8_to_string();
        throw new WeftException(
            "storage_failed",
            Fault.Unavailable,
            $"The database '{Path}' refused to {action}: {message} (SQLite {raw.sqlite3_extended_errcode(_handle)}). "
            + "Check that its disk has room and is writable, then start again: nothing that was committed is lost.");
    }

    public void Dispose()
    {
        foreach (var statement in _statements)
        {
            statement.Dispose();
        }

        _handle.Dispose();
    }
}
