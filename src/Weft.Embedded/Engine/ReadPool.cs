using System.Collections.Concurrent;
using Weft.Embedded.Sqlite;
using Weft.Language;

namespace Weft.Embedded.Engine;

/// <summary>Connections that read while the writer writes. Each sees what was committed when its read began.</summary>
internal sealed class ReadPool(string path) : IDisposable
{
    private readonly ConcurrentBag<ReadSession> _idle = [];
    private int _disposed;

    /// <summary>Reads something on the caller's thread.</summary>
    public TResult Read<TState, TResult>(TState state, Func<ReadSession, TState, TResult> read)
    {
        if (Volatile.Read(ref _disposed) != 0)
        {
            throw new WeftException("engine_stopped", "The engine has stopped, and its data folder is closed.");
        }

        var session = _idle.TryTake(out var idle) ? idle : new ReadSession(SqliteDatabase.Open(path, writable: false));
        var sound = false;
        try
        {
            var result = read(session, state);
            sound = true;
            return result;
        }
        finally
        {
            if (sound && Volatile.Read(ref _disposed) == 0)
            {
                _idle.Add(session);
            }
            else
            {
                session.Dispose();
            }
        }
    }

    public void Dispose()
    {
        Volatile.Write(ref _disposed, 1);
        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }
}
