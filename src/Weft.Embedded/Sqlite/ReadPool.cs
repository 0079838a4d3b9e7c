using System.Collections.Concurrent;
using Weft.Language;

namespace Weft.Embedded.Sqlite;

/// <summary>Connections that read while the writer writes. Each sees what was committed when its read began.</summary>
/// <typeparam name="TReader">What reads over one connection, with its statements.</typeparam>
/// <param name="path">The database.</param>
/// <param name="make">Makes a reader over a new connection.</param>
internal sealed class ReadPool<TReader>(string path, Func<SqliteDatabase, TReader> make) : IDisposable
{
    private readonly ConcurrentBag<(SqliteDatabase Database, TReader Reader)> _idle = [];
    private int _disposed;

    /// <summary>Reads something on the caller's thread.</summary>
    public TResult Read<TState, TResult>(TState state, Func<TReader, TState, TResult> read)
    {
        if (Volatile.Read(ref _disposed) != 0)
        {
            throw new WeftException("engine_stopped", Fault.Unavailable, "The engine has stopped, and its data folder is closed.");
        }

        var connection = _idle.TryTake(out var idle) ? idle : Open();
        var sound = false;
        try
        {
            var result = read(connection.Reader, state);
            sound = true;
            return result;
        }
        finally
        {
            if (sound && Volatile.Read(ref _disposed) == 0)
            {
                _idle.Add(connection);
            }
            else
            {
                connection.Database.Dispose();
            }
        }
    }

    public void Dispose()
    {
        Volatile.Write(ref _disposed, 1);
        while (_idle.TryTake(out var connection))
        {
            connection.Database.Dispose();
        }
    }

    private (SqliteDatabase Database, TReader Reader) Open()
    {
        var database = SqliteDatabase.Open(path, writable: false);
        try
        {
            return (database, make(database));
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }
}
