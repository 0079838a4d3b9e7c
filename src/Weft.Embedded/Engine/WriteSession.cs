using Weft.Embedded.Records;
using Weft.Embedded.Sqlite;
using Weft.Language;

namespace Weft.Embedded.Engine;

/// <summary>The transaction under way, as those who write into it see it. One thread at a time.</summary>
internal sealed class WriteSession(SqliteDatabase database) : IDisposable
{
    private readonly SqliteStatement _begin = database.Prepare("BEGIN IMMEDIATE");
    private readonly SqliteStatement _commit = database.Prepare("COMMIT");

    /// <summary>Gets the instances and their histories.</summary>
    public InstanceWriter Instances { get; } = new(database);

    /// <summary>Gets the records.</summary>
    public RecordWriter Records { get; } = new(database);

    public void Begin() => _begin.Run();

    public void Commit()
    {
        Instances.Flush();
        _commit.Run();
    }

    /// <summary>Tells whoever has been written to that it is durable now.</summary>
    public void Committed() => Instances.Committed();

    /// <summary>Gives up the transaction, as far as the database still lets us.</summary>
    public void Abandon()
    {
        try
        {
            database.Execute("ROLLBACK");
        }
        catch (WeftException)
        {
            // The failed statement has rolled it back already.
        }
    }

    public void Dispose() => database.Dispose();
}
