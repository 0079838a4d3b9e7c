using System.Text;
using System.Text.Json;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Wire;

/// <summary>What was asked and answered.</summary>
/// <remarks>An entry is there before its answer leaves, so a client that has the answer finds the entry.</remarks>
public sealed class SandboxLog : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Queue<LogEntry> _entries = new();
    private readonly int _capacity;
    private readonly FileStream? _file;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _last;

    internal SandboxLog(string? file, int capacity)
    {
        _capacity = Math.Max(1, capacity);
        if (file is not null)
        {
            if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
            {
                Directory.CreateDirectory(folder);
            }

            _file = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        }
    }

    /// <summary>Gets the entries that are kept, oldest first.</summary>
    public IReadOnlyList<LogEntry> Entries
    {
        get { lock (_lock) { return [.. _entries]; } }
    }

    /// <summary>Returns the entries after the one with the number <paramref name="seq"/>.</summary>
    public IReadOnlyList<LogEntry> Since(long seq)
    {
        lock (_lock)
        {
            return [.. _entries.Where(entry => entry.Seq > seq)];
        }
    }

    /// <summary>Waits until the log holds an entry that <paramref name="wanted"/> accepts, and returns the first such.</summary>
    public async Task<LogEntry> WaitForAsync(Func<LogEntry, bool> wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_entries.FirstOrDefault(wanted) is { } found)
                {
                    return found;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Forgets the entries in memory; numbers go on, and the file keeps its lines.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _entries.Clear();
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file?.Dispose();

    internal void Add(Func<long, LogEntry> make)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            var entry = make(++_last);
            _entries.Enqueue(entry);
            while (_entries.Count > _capacity)
            {
                _entries.Dequeue();
            }

            _file?.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(entry, SandboxJson.Options) + "\n"));
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }
}
