using Weft.Agents.Models.Budgets;
using Weft.Agents.Storage;
using Weft.Agents.Tests.Storage;

namespace Weft.Agents.Tests.Models;

public sealed class BudgetRowsTests : IDisposable
{
    private static readonly RowKey Key = new("budgets", "day|20261121", "support");

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));
    private readonly MemoryRecordStore _store = new();
    private readonly BudgetRows _here;
    private readonly BudgetRows _elsewhere;

    public BudgetRowsTests() => (_here, _elsewhere) = (new BudgetRows(_store), new BudgetRows(_store));

    [Fact]
    public async Task Writes_OfARowThatNobodyElseWrites_ReadItOnce()
    {
        await WriteAsync(_here, 1);
        await WriteAsync(_here, 2);
        await WriteAsync(_here, 3);

        Assert.Equal((1, "3"), (_store.Reads, await StoredAsync()));
    }

    [Fact]
    public async Task Write_AfterALook_DoesNotReadAgain()
    {
        await _here.ReadAsync(Key, _deadline.Token);

        await WriteAsync(_here, 1);

        Assert.Equal((1, "1"), (_store.Reads, await StoredAsync()));
    }

    [Fact]
    public async Task Write_OverAnotherProcess_IsRefusedAndThenBuildsOnItsRow()
    {
        await WriteAsync(_here, 1);
        await WriteAsync(_elsewhere, 2);

        var latest = await _here.LatestAsync(Key, _deadline.Token);
        Assert.False(await _here.WriteAsync(Key, latest, Json(3), _deadline.Token));

        Assert.Equal(Json(2), (await _here.LatestAsync(Key, _deadline.Token))?.Json);
    }

    [Fact]
    public async Task Row_ThatAnotherProcessWrote_IsReadBeforeEachWriteUntilItIsLeftAlone()
    {
        await WriteAsync(_here, 1);
        await WriteAsync(_elsewhere, 2);
        Assert.False(await _here.WriteAsync(Key, await _here.LatestAsync(Key, _deadline.Token), Json(3), _deadline.Token));
        await WriteAsync(_here, 4);
        var reads = _store.Reads;

        await WriteAsync(_here, 5); // Finds it as it was left.
        await WriteAsync(_here, 6);

        Assert.Equal((reads + 1, "6"), (_store.Reads, await StoredAsync()));
    }

    [Fact]
    public async Task Row_ThatWasRemoved_IsBegunAnew()
    {
        await WriteAsync(_here, 1);
        await _store.DeleteAsync(Key, null, _deadline.Token);

        Assert.False(await _here.WriteAsync(Key, await _here.LatestAsync(Key, _deadline.Token), Json(2), _deadline.Token));
        await WriteAsync(_here, 3);

        Assert.Equal("3", await StoredAsync());
    }

    private async Task WriteAsync(BudgetRows rows, int value) =>
        Assert.True(await rows.WriteAsync(Key, await rows.LatestAsync(Key, _deadline.Token), Json(value), _deadline.Token));

    private async Task<string?> StoredAsync() =>
        (await _store.QueryAsync(new RowRange(Key.Table, Key.Partition), _deadline.Token)).Rows.SingleOrDefault()?.Json[9..^1];

    private static string Json(int value) => $$"""{"spent":{{value}}}""";

    public void Dispose() => _deadline.Dispose();
}
