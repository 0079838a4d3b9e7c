using System.Text;
using Weft.Agents.Storage;
using Weft.Embedded.Sqlite;
using Weft.Language;

namespace Weft.Embedded.Records;

/// <summary>Reads records, as they were last committed.</summary>
internal sealed class RecordReader(SqliteDatabase database)
{
    /// <summary>Sorts after every key: no encoded key begins with this byte.</summary>
    private static readonly byte[] End = [0xFF];

    private readonly SqliteStatement _read = database.Prepare("SELECT version, json FROM records WHERE tbl=?1 AND pk=?2 AND rk=?3");
    private readonly SqliteStatement _query = database.Prepare(
        "SELECT version, json, rk FROM records WHERE tbl=?1 AND pk=?2 AND rk>=?3 AND rk<?4 ORDER BY rk LIMIT ?5");

    public Row? Read(RowKey key)
    {
        _read.Bind(1, key.Table).Bind(2, OrdinalKey.Encode(key.Partition).AsSpan()).Bind(3, OrdinalKey.Encode(key.Row).AsSpan());
        var row = _read.Step() ? RowOf(_read, key) : null;
        _read.Reset();
        return row;
    }

    public RowPage Query(RowRange range)
    {
        var from = range.Cursor is { } cursor ? Parse(cursor) : OrdinalKey.Encode(range.From ?? "");
        var to = range.To is { } end ? OrdinalKey.Encode(end) : End;
        _query.Bind(1, range.Table).Bind(2, OrdinalKey.Encode(range.Partition).AsSpan()).Bind(3, from.AsSpan()).Bind(4, to.AsSpan()).Bind(
            5, range.PageSize + 1);
        List<Row> rows = [];
        string? next = null;
        while (_query.Step())
        {
            if (rows.Count == range.PageSize)
            {
                next = Convert.ToHexStringLower(_query.Bytes(2));
                break;
            }

            rows.Add(RowOf(_query, new RowKey(range.Table, range.Partition, OrdinalKey.Decode(_query.Bytes(2)))));
        }

        _query.Reset();
        return new RowPage(rows, next);
    }

    private static Row RowOf(SqliteStatement row, RowKey key) =>
        new(key, Encoding.UTF8.GetString(row.Bytes(1)), RecordWriter.Tag(row.Int64(0)));

    private static byte[] Parse(string cursor)
    {
        try
        {
            return Convert.FromHexString(cursor);
        }
        catch (FormatException)
        {
            throw new WeftException(
                "invalid_cursor", Fault.Malformed, "The cursor is not one that a page of rows gave. Start again from the first page.");
        }
    }
}
