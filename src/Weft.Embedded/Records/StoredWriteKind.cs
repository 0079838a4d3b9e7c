using System.Globalization;
using Weft.Agents.Records;
using Weft.Embedded.Storage;

namespace Weft.Embedded.Records;

internal enum StoredWriteKind
{
    Insert,
    Replace,
    Upsert,
    Delete,
}
