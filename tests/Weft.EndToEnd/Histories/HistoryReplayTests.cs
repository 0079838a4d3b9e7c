using System.Buffers;
using System.Text;
using Weft.Embedded.Replay;
using Weft.EndToEnd.Harness;

namespace Weft.EndToEnd.Histories;

/// <summary>What earlier builds lived through, this one must go on with: the same steps in the same order, to the same end.</summary>
public sealed class HistoryReplayTests
{
    /// <summary>How prompts are worded, and how long they are, may change: a recorded call is never made again.</summary>
    private static readonly string[] Wording = ["content", "estimated_tokens"];

    private static readonly string[] Files =
        [.. Releases.Folders.SelectMany(f => Directory.GetFiles(Path.Combine(f, "histories"), "*.json"))
            .Select(f => Path.GetRelativePath(AppContext.BaseDirectory, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    /// <summary>Gets the stored histories, by release and name.</summary>
    public static TheoryData<string> Stored { get; } = [.. Files];

    [Theory]
    [MemberData(nameof(Stored))]
    public void Replay_OfAStoredHistory_DecidesTheSameAndEndsTheSame(string file)
    {
        var history = StoredHistory.Read(Below(file));
        var entries = history.Decode();

        var decisions = Replay.Load(history, entries);

        Assert.Equal(Text(EndOf(entries)), Text(decisions.Outcome));
        Assert.Empty(decisions.Records.Select(r => r.ToString()));
        Assert.Empty(decisions.Effects);
    }

    [Theory]
    [MemberData(nameof(Stored))]
    public void Life_ThroughAStoredHistory_AsksForTheSameStepsWithTheSameInputs(string file)
    {
        var history = StoredHistory.Read(Below(file));
        var entries = history.Decode();

        var relived = Replay.Live(history);

        Assert.Equal(
            entries.Where(e => e.IsDecision).OrderBy(e => e.Step).Select(e => (e.Kind, e.Step, e.Name, e.Other, e.Time)),
            relived.Decided.Select(e => (e.Kind, e.Step, e.Name, e.Other, e.Time)));
        Assert.Equal(Text(EndOf(entries)), Text(relived.Outcome));
        Assert.Equal(history.Inputs.Select(i => i.Key), relived.Inputs.Select(i => i.Key));
        Assert.Empty(JsonDifferences.Between(history.Inputs, relived.Inputs, Wording));
    }

    [Theory]
    [MemberData(nameof(Stored))]
    public void Bytes_OfAStoredHistory_AreReadAndWrittenAsEver(string file)
    {
        var history = StoredHistory.Read(Below(file));

        Assert.Equal(
            history.Events.Select(e => e.ToJsonString()), history.Decode().Select(e => StoredHistory.Describe(e).ToJsonString()));
        foreach (var batch in history.Batches)
        {
            List<HistoryEvent> entries = [];
            HistoryCodec.Read(batch, entries);
            var output = new ArrayBufferWriter<byte>();
            HistoryCodec.Begin(output);
            entries.ForEach(e => HistoryCodec.Write(output, e));
            Assert.Equal(Convert.ToHexString(batch), Convert.ToHexString(output.WrittenSpan));
        }
    }

    [Theory]
    [MemberData(nameof(Stored))]
    public void Replay_OfStepsInAnotherOrder_IsFoundOut(string file)
    {
        var history = StoredHistory.Read(Below(file));
        var entries = history.Decode();
        var decided = entries.Where(e => e.IsDecision).ToList();
        var exchanged = 0;
        var neighbours = decided.Zip(decided.Skip(1)).Where(p => (p.First.Kind, p.First.Name) != (p.Second.Kind, p.Second.Name));
        foreach (var (first, second) in neighbours)
        {
            var other = entries.Select(e => e == first ? At(second, first.Step) : e == second ? At(first, second.Step) : e).ToList();

            AssertStrayed(Replay.Load(history, other));
            exchanged++;
        }

        Assert.True(exchanged > 0, "No two neighbours differ: this history shows nothing.");
    }

    [Theory]
    [MemberData(nameof(Stored))]
    public void Replay_OfAHistoryWithAStepTooFewOrTooMany_IsFoundOut(string file)
    {
        var history = StoredHistory.Read(Below(file));
        var entries = history.Decode();
        var decided = entries.Where(e => e.IsDecision).ToList();
        foreach (var dropped in decided)
        {
            var decisions = Replay.Load(history, [.. entries.Where(e => e != dropped)]);

            Assert.Equal(1, decisions.Records.Count + decisions.Effects.Count);
        }

        var more = At(decided[0], decided.Max(d => d.Step) + 1);
        AssertStrayed(Replay.Load(history, [.. entries.TakeWhile(e => !Replay.IsEnd(e)), more]));
    }

    [Fact]
    public void Histories_OfEachRelease_AreOfWorkflowsAndOfTheirAgents()
    {
        foreach (var release in Releases.Folders)
        {
            var told = Files.Where(f => f.Contains($"/{Path.GetFileName(release)}/", StringComparison.Ordinal))
                .Select(f => StoredHistory.Read(Below(f))).ToList();

            Assert.True(told.Count(h => h.ParentId is null) >= 3, release);
            Assert.True(told.Count(h => h.ParentId is not null) >= 2, release);
        }
    }

    private static string Below(string file) => Path.Combine(AppContext.BaseDirectory, file);

    private static void AssertStrayed(Decisions decisions) =>
        Assert.Equal("non_deterministic_orchestration", Assert.IsType<Outcome.Failed>(decisions.Outcome).Failure.Code);

    private static HistoryEvent At(HistoryEvent decision, int step) => new()
    {
        Kind = decision.Kind,
        At = decision.At,
        Step = step,
        Name = decision.Name,
        Other = decision.Other,
        Time = decision.Time,
    };

    private static Outcome EndOf(List<HistoryEvent> entries)
    {
        Assert.Equal(HistoryEventKind.Completed, entries[^1].Kind);
        return new Outcome.Completed(entries[^1].Payload!); // A result is written, if only as null.
    }

    private static string Text(Outcome? outcome) => outcome switch
    {
        Outcome.Completed completed => Encoding.UTF8.GetString(completed.Output),
        Outcome.Failed failed => failed.Failure.Message,
        _ => $"{outcome}",
    };
}
