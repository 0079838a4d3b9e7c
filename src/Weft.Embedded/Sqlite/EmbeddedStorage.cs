namespace Weft.Embedded.Sqlite;

/// <summary>The data folder while it is open: its lock, its one writer, and pools of connections to read with.</summary>
internal sealed class EmbeddedStorage : IDisposable
{
    private readonly DataFolder _folder;
    private readonly List<IDisposable> _readers = [];
    private int _disposed;

    private EmbeddedStorage(DataFolder folder, WriteSession session)
    {
        _folder = folder;
        Session = session;
        Writer = new GroupCommitWriter(session);
    }

    public GroupCommitWriter Writer { get; }

    /// <summary>Gets the writer's session, to put writers over it before the first change; afterwards it is the writer's alone.</summary>
    public WriteSession Session { get; }

    public string Folder => _folder.Path;

    /// <summary>Takes the folder and opens its database.</summary>
    public static EmbeddedStorage Open(string path)
    {
        var folder = DataFolder.Take(path);
        try
        {
            return new EmbeddedStorage(folder, new WriteSession(Schema.OpenForWriting(folder.DatabaseFile)));
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Makes a pool that closes with the storage. Before the first change only.</summary>
    public ReadPool<TReader> ReadersOf<TReader>(Func<SqliteDatabase, TReader> make)
    {
        var pool = new ReadPool<TReader>(_folder.DatabaseFile, make);
        _readers.Add(pool);
        return pool;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Writer.Dispose();
            _readers.ForEach(r => r.Dispose());
            Session.Dispose();
            _folder.Dispose();
        }
    }
}
