using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Weft.Language;

namespace Weft.Embedded.Replay;

/// <summary>The disk form of a batch of history entries: a format byte, then the entries one after the other.</summary>
/// <remarks>
/// An entry is its kind, a byte that says which fields follow, the time, and those fields. Numbers are little-endian, or variable-length.
/// </remarks>
internal static class HistoryCodec
{
    private const byte Format = 1;

    [Flags]
    private enum Fields : byte
    {
        None = 0,
        Step = 1,
        Name = 2,
        Other = 4,
        Time = 8,
        Payload = 16,
    }

    /// <summary>Begins a batch.</summary>
    public static void Begin(ArrayBufferWriter<byte> output)
    {
        output.GetSpan(1)[0] = Format;
        output.Advance(1);
    }

    public static void Write(ArrayBufferWriter<byte> output, HistoryEvent entry)
    {
        var fields = (entry.Step >= 0 ? Fields.Step : Fields.None)
            | (entry.Name is not null ? Fields.Name : Fields.None)
            | (entry.Other is not null ? Fields.Other : Fields.None)
            | (entry.Time != 0 ? Fields.Time : Fields.None)
            | (entry.Payload is not null ? Fields.Payload : Fields.None);
        var head = output.GetSpan(10);
        head[0] = (byte)entry.Kind;
        head[1] = (byte)fields;
        BinaryPrimitives.WriteInt64LittleEndian(head[2..], entry.At);
        output.Advance(10);
        if (entry.Step >= 0)
        {
            WriteLength(output, entry.Step);
        }

        WriteText(output, entry.Name);
        WriteText(output, entry.Other);
        if (entry.Time != 0)
        {
            BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(8), entry.Time);
            output.Advance(8);
        }

        if (entry.Payload is { } payload)
        {
            WriteLength(output, payload.Length);
            output.Write(payload);
        }
    }

    /// <summary>Reads a batch.</summary>
    public static void Read(ReadOnlySpan<byte> input, List<HistoryEvent> entries)
    {
        if (input.IsEmpty || input[0] != Format)
        {
            throw new WeftException(
                "data_folder_too_new", Fault.NotSetUp,
                "A history has a format that this version does not know. Use the version that wrote it, or a newer one.");
        }

        input = input[1..];
        while (!input.IsEmpty)
        {
            var fields = (Fields)input[1];
            var kind = (HistoryEventKind)input[0];
            var at = BinaryPrimitives.ReadInt64LittleEndian(input[2..]);
            input = input[10..];
            var step = fields.HasFlag(Fields.Step) ? ReadLength(ref input) : -1;
            var name = fields.HasFlag(Fields.Name) ? ReadText(ref input) : null;
            var other = fields.HasFlag(Fields.Other) ? ReadText(ref input) : null;
            var time = 0L;
            if (fields.HasFlag(Fields.Time))
            {
                time = BinaryPrimitives.ReadInt64LittleEndian(input);
                input = input[8..];
            }

            byte[]? payload = null;
            if (fields.HasFlag(Fields.Payload))
            {
                var length = ReadLength(ref input);
                payload = input[..length].ToArray();
                input = input[length..];
            }

            entries.Add(new HistoryEvent { Kind = kind, At = at, Step = step, Name = name, Other = other, Time = time, Payload = payload });
        }
    }

    private static void WriteText(ArrayBufferWriter<byte> output, string? text)
    {
        if (text is not null)
        {
            var length = Encoding.UTF8.GetByteCount(text);
            WriteLength(output, length);
            Encoding.UTF8.GetBytes(text, output.GetSpan(length));
            output.Advance(length);
        }
    }

    private static string ReadText(ref ReadOnlySpan<byte> input)
    {
        var length = ReadLength(ref input);
        var text = Encoding.UTF8.GetString(input[..length]);
        input = input[length..];
        return text;
    }

    private static void WriteLength(ArrayBufferWriter<byte> output, int value)
    {
        var bytes = output.GetSpan(5);
        var count = 0;
        var rest = (uint)value;
        for (; rest >= 0x80; rest >>= 7)
        {
            bytes[count++] = (byte)(rest | 0x80);
        }

        bytes[count++] = (byte)rest;
        output.Advance(count);
    }

    private static int ReadLength(ref ReadOnlySpan<byte> input)
    {
        var value = 0u;
        for (var shift = 0; ; shift += 7)
        {
            var next = input[0];
            input = input[1..];
            value |= (uint)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return (int)value;
            }
        }
    }
}
