using Weft.Agents.Storage;
using Weft.Embedded.Sqlite;

namespace Weft.Embedded.Records;

/// <summary>A write of a row, or of several that belong together.</summary>
internal sealed class WriteRows(RecordWriter writer, StoredWrite[] writes)
    : WriteOperation<(WriteStatus Status, int FailedIndex, ETag ETag)>
{
    public override void Apply()
    {
        for (var i = 0; i < writes.Length; i++)
        {
            var status = writer.Fits(writes[i]);
            if (status != WriteStatus.Written)
            {
                Result = (status, i, default);
                return;
            }
        }

        var tag = default(ETag);
        foreach (var write in writes)
        {
            tag = writer.Write(write);
        }

        Result = (WriteStatus.Written, -1, tag);
    }
}
