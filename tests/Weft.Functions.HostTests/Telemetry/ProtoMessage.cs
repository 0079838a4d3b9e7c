using System.Buffers.Binary;
using System.Text;

namespace Weft.Functions.HostTests.Telemetry;

/// <summary>A message of Protocol Buffers, read by the numbers of its fields.</summary>
internal sealed class ProtoMessage
{
    private readonly List<(int Field, ulong Number, byte[] Bytes)> _values = [];

    public ProtoMessage(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var key = Varint(ref bytes);
            var field = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    _values.Add((field, Varint(ref bytes), []));
                    break;
                case 1:
                    _values.Add((field, BinaryPrimitives.ReadUInt64LittleEndian(bytes), []));
                    bytes = bytes[8..];
                    break;
                case 2:
                    var length = (int)Varint(ref bytes);
                    _values.Add((field, 0, bytes[..length].ToArray()));
                    bytes = bytes[length..];
                    break;
                case 5:
                    _values.Add((field, BinaryPrimitives.ReadUInt32LittleEndian(bytes), []));
                    bytes = bytes[4..];
                    break;
                case var wire:
                    throw new InvalidDataException($"Field {field} has the wire type {wire}, which is none.");
            }
        }
    }

    /// <summary>The messages that a repeated field holds.</summary>
    public IEnumerable<ProtoMessage> All(int field) => Values(field).Select(v => new ProtoMessage(v.Bytes));

    /// <summary>The messages at the end of a path of repeated fields.</summary>
    public IEnumerable<ProtoMessage> Below(params int[] path) =>
        path.Aggregate((IEnumerable<ProtoMessage>)[this], (messages, field) => messages.SelectMany(m => m.All(field)));

    public bool Has(int field) => Values(field).Any();

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

    public string Hex(int field) => Convert.ToHexStringLower(Bytes(field));

    public ulong Number(int field) => Values(field).LastOrDefault().Number;

    public double Double(int field) => BitConverter.UInt64BitsToDouble(Number(field));

    private byte[] Bytes(int field) => Values(field).LastOrDefault().Bytes ?? [];

    private IEnumerable<(int Field, ulong Number, byte[] Bytes)> Values(int field) => _values.Where(v => v.Field == field);

    private static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
