using Weft.Language;

namespace Weft.Embedded.Sqlite;

/// <summary>The connection that writes, and its transaction under way. One thread at a time.</summary>
internal sealed class WriteSession(SqliteDatabase database) : IDisposable
{
    private readonly SqliteStatement _begin = database.Prepare("BEGIN IMMEDIATE");
    private readonly SqliteStatement _commit = database.Prepare("COMMIT");
    private Action? _committing;
    private Action? _committed;

    /// <summary>Gets the connection: what is written over it joins the transaction under way.</summary>
    public SqliteDatabase Database => database;

    /// <summary>Says, before the first transaction, what gathers its changes until the commit.</summary>
    /// <param name="committing">Called at the end of each transaction, inside it: writes what was gathered.</param>
    /// <param name="committed">Called once it is durable.</param>
    public void Gather(Action committing, Action committed) => (_committing, _committed) = (committing, committed);

    public void Begin() => _begin.Run();

    public void Commit()
    {
        _committing?.Invoke();
        _commit.Run();
    }

    /// <summary>Tells whoever has been written to that it is durable now.</summary>
    public void Committed() => _committed?.Invoke();

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
