using Weft.Embedded.Records;
using Weft.Embedded.Sqlite;

namespace Weft.Embedded.Engine;

/// <summary>One reading connection with its statements.</summary>
internal sealed class ReadSession(SqliteDatabase database) : IDisposable
{
    private InstanceReader? _instances;
    private RecordReader? _records;

    public InstanceReader Instances => _instances ??= new InstanceReader(database);

    public RecordReader Records => _records ??= new RecordReader(database);

    public void Dispose() => database.Dispose();
}
