using Weft.Agents.Storage;
using Weft.Language;
using Weft.Workflows.Sequences;

namespace Weft.Agents.Tests.Storage;

public sealed class RecordUpdateTests
{
    private static readonly RowKey Key = new("t", "p", "r");

    private readonly MemoryRecordStore _store = new();
    private readonly CancellationToken _deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    [Fact]
    public async Task Update_OfNoRow_InsertsIt()
    {
        var found = await _store.UpdateAsync<Row?>(
            Key, "It kept changing", row => new RowUpdate<Row?>.Write("""{"n":1}""", row), _deadline);

        Assert.Null(found);
        Assert.Equal("""{"n":1}""", await JsonAsync());
    }

    [Fact]
    public async Task Update_ThatKeepsTheRow_WritesNothing()
    {
        await _store.InsertAsync(Key, """{"n":1}""", _deadline);

        var json = await _store.UpdateAsync<string>(
            Key, "It kept changing", row => new RowUpdate<string>.Keep(row!.Json), _deadline);

        Assert.Equal(("""{"n":1}""", 1), (json, _store.Writes));
    }

    [Fact]
    public async Task Update_WhenAnotherWriterIsFaster_StartsFromWhatThatOneLeft()
    {
        var seen = new List<string?>();

        await _store.UpdateAsync<bool>(
            Key,
            "It kept changing",
            async row =>
            {
                seen.Add(row?.Json);
                if (seen.Count < 3)
                {
                    await _store.UpsertAsync(Key, $$"""{"n":{{seen.Count}}}""", _deadline);
                }

                return new RowUpdate<bool>.Write("""{"n":9}""", true);
            },
            _deadline);

        Assert.Equal([null, """{"n":1}""", """{"n":2}"""], seen);
        Assert.Equal("""{"n":9}""", await JsonAsync());
    }

    [Fact]
    public async Task Update_ThatAsksToStartAgain_ReadsTheRowAnew()
    {
        var attempts = 0;

        await _store.UpdateAsync<bool>(
            Key,
            "It kept changing",
            _ => ++attempts == 1 ? new RowUpdate<bool>.Again() : new RowUpdate<bool>.Keep(true),
            _deadline);

        Assert.Equal((2, 2), (attempts, _store.Reads));
    }

    [Fact]
    public async Task Update_WhenAnotherWriterIsFaster_WritesNothingOfWhatGoesAlong()
    {
        _store.BeforeBatch = () => _store.UpsertAsync(Key, """{"n":1}""", _deadline);

        await _store.UpdateAsync<bool>(
            Key,
            "It kept changing",
            row => new RowUpdate<bool>.Write("""{"n":9}""", true)
            {
                Along = [new RowWrite.Insert(Key with { Row = row is null ? "first" : "second" }, "{}")],
            },
            _deadline);

        var rows = await _store.ReadAllAsync(new RowRange("t", "p"), _deadline).Select(r => r.Key.Row).ToListAsync(_deadline);
        Assert.Equal(["r", "second"], rows);
    }

    [Fact]
    public async Task Update_OfARowThatKeepsChanging_IsContended()
    {
        var attempts = 0;

        var failed = await Assert.ThrowsAsync<WeftException>(() => _store.UpdateAsync<bool>(
            Key,
            "It kept changing",
            async _ =>
            {
                await _store.UpsertAsync(Key, $$"""{"n":{{++attempts}}}""", _deadline);
                return new RowUpdate<bool>.Write("{}", true);
            },
            _deadline));

        Assert.Equal(("record_contended", Fault.Contended, 20), (failed.Code, failed.Fault, attempts));
        Assert.Equal("It kept changing. Try again.", failed.Message);
    }

    private async Task<string?> JsonAsync() => (await _store.ReadAsync(Key, _deadline))?.Json;
}
