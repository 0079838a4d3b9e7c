using Weft.Embedded.Sqlite;

namespace Weft.Embedded.Engine;

/// <summary>The data folder while it is open: its lock, its one writer, and connections to read with.</summary>
internal sealed class EmbeddedStorage : IDisposable
{
    private readonly DataFolder _folder;
    private int _disposed;

    private EmbeddedStorage(DataFolder folder, WriteSession session)
    {
        _folder = folder;
        Session = session;
        Writer = new GroupCommitWriter(session);
        Readers = new ReadPool(folder.DatabaseFile);
    }

    public GroupCommitWriter Writer { get; }

    public ReadPool Readers { get; }

    /// <summary>Gets the writer's session, to wire it before the first change; afterwards it is the writer's alone.</summary>
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

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Writer.Dispose();
            Readers.Dispose();
            Session.Dispose();
            _folder.Dispose();
        }
    }
}
