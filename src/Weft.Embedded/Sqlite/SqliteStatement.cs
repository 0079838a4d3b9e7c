using System.Buffers;
using System.Text;
using SQLitePCL;

namespace Weft.Embedded.Sqlite;

/// <summary>A compiled statement. Parameters count from 1 and columns from 0, as SQLite counts them.</summary>
internal sealed class SqliteStatement(SqliteDatabase database, sqlite3_stmt handle) : IDisposable
{
    public SqliteStatement Bind(int parameter, long value)
    {
        raw.sqlite3_bind_int64(handle, parameter, value);
        return this;
    }

    public SqliteStatement Bind(int parameter, long? value) => value is { } number ? Bind(parameter, number) : BindNull(parameter);

    /// <summary>Binds text. It must be well-formed UTF-16: what is not is refused at the product's edge.</summary>
    public SqliteStatement Bind(int parameter, string? value)
    {
        if (value is null)
        {
            return BindNull(parameter);
        }

        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (most <= 512)
        {
            Span<byte> bytes = stackalloc byte[512];
            var written = Encoding.UTF8.GetBytes(value, bytes);
            raw.sqlite3_bind_text(handle, parameter, bytes[..written]);
            return this;
        }

        var rented = ArrayPool<byte>.Shared.Rent(most);
        raw.sqlite3_bind_text(handle, parameter, rented.AsSpan(0, Encoding.UTF8.GetBytes(value, rented)));
        ArrayPool<byte>.Shared.Return(rented);
        return this;
    }

    public SqliteStatement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            raw.sqlite3_bind_zeroblob(handle, parameter, 0);
        }
        else
        {
            raw.sqlite3_bind_blob(handle, parameter, value);
        }

        return this;
    }

    public SqliteStatement BindNull(int parameter)
    {
        raw.sqlite3_bind_null(handle, parameter);
        return this;
    }

    /// <summary>Goes to the next row; false when there is none.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(handle);
        for (var tries = 0; result == raw.SQLITE_BUSY && tries < 5000; tries++)
        {
            // Somebody outside, such as a tool that looks into the file, holds a lock for a moment.
            Thread.Sleep(1);
            result = raw.sqlite3_step(handle);
        }

        if (result == raw.SQLITE_ROW)
        {
            return true;
        }

        if (result != raw.SQLITE_DONE)
        {
            raw.sqlite3_reset(handle);
            database.Check(result, "run a statement");
        }

        return false;
    }

    /// <summary>Runs a statement that answers no rows, and makes it ready for its next use.</summary>
    public void Run()
    {
        Step();
        raw.sqlite3_reset(handle);
    }

    public void Reset() => raw.sqlite3_reset(handle);

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    public int Int32(int column) => raw.sqlite3_column_int(handle, column);

    public long? NullableInt64(int column) => IsNull(column) ? null : Int64(column);

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string() ?? "";

    public string? NullableText(int column) => IsNull(column) ? null : Text(column);

    /// <summary>The bytes of a column, valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(handle, column);

    public byte[]? Blob(int column) => IsNull(column) ? null : Bytes(column).ToArray();

    public void Dispose() => handle.Dispose();
}
