using System.Buffers;
using Weft.Embedded.Records;
using Weft.Embedded.Replay;

namespace Weft.Embedded.Tests;

public sealed class FormatTests
{
    [Fact]
    public void History_WrittenAndRead_IsTheSame()
    {
        HistoryEvent[] entries =
        [
            new() { Kind = HistoryEventKind.Started, At = 639_000_000_000_000_000, Time = 639_000_000_000_000_001,
                Payload = "{}"u8.ToArray() },
            new() { Kind = HistoryEventKind.ActivityScheduled, At = 1, Step = 0, Name = "plain" },
            new() { Kind = HistoryEventKind.ChildScheduled, At = 2, Step = 300, Name = "nämé 😀", Other = "i1:300" },
            new() { Kind = HistoryEventKind.ActivityCompleted, At = 3, Step = int.MaxValue, Payload = new byte[70_000] },
            new() { Kind = HistoryEventKind.Resumed, At = 4, Payload = [] },
        ];
        var output = new ArrayBufferWriter<byte>();
        HistoryCodec.Begin(output);
        foreach (var entry in entries)
        {
            HistoryCodec.Write(output, entry);
        }

        List<HistoryEvent> read = [];
        HistoryCodec.Read(output.WrittenSpan, read);

        Assert.Equal(entries.Length, read.Count);
        foreach (var (wrote, got) in entries.Zip(read))
        {
            Assert.Equal((wrote.Kind, wrote.At, wrote.Step, wrote.Name, wrote.Other, wrote.Time),
                (got.Kind, got.At, got.Step, got.Name, got.Other, got.Time));
            Assert.Equal(wrote.Payload, got.Payload);
        }
    }

    /// <summary>A folder that an earlier build wrote must open for ever: these bytes are one.</summary>
    [Fact]
    public void History_OfTheFirstFormat_IsStillRead()
    {
        List<HistoryEvent> read = [];

        HistoryCodec.Read(
            Convert.FromHexString("01" + "0203" + "D3C4BC233C47DF08" + "00" + "046563686F" + "0311" + "E0C4BC233C47DF08" + "00" + "0131"),
            read);

        Assert.Equal((HistoryEventKind.ActivityScheduled, 0, "echo"), (read[0].Kind, read[0].Step, read[0].Name));
        Assert.Equal((HistoryEventKind.ActivityCompleted, 0, "1"),
            (read[1].Kind, read[1].Step, System.Text.Encoding.UTF8.GetString(read[1].Payload!)));
    }

    [Fact]
    public void Keys_OfAnyCodeUnits_SortAsTheyDoOrdinally()
    {
        var random = new Random(7);
        var keys = Enumerable.Range(0, 2000).Select(_ => RandomKey(random)).Concat(["", "\0", "\uffff", "\ud800", "\udfff", "\ue000", "😀"])
            .ToList();

        foreach (var (left, right) in keys.Zip(keys.Skip(1)))
        {
            Assert.Equal(
                Math.Sign(string.CompareOrdinal(left, right)),
                Math.Sign(OrdinalKey.Encode(left).AsSpan().SequenceCompareTo(OrdinalKey.Encode(right))));
            Assert.Equal(left, OrdinalKey.Decode(OrdinalKey.Encode(left)));
        }
    }

    /// <summary>Few different units near the borders of the encoding, so that keys share beginnings.</summary>
    private static string RandomKey(Random random)
    {
        char[] units = ['\0', 'a', '\u007f', '\u0080', '\u07ff', '\u0800', '\ud7ff', '\ud800', '\udbff', '\udc00', '\udfff', '\ue000',
            '\uffff'];
        return new string([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => units[random.Next(units.Length)])]);
    }
}
