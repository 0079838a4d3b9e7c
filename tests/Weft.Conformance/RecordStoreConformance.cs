using Weft.Agents.Storage;
using Weft.Language;

namespace Weft.Conformance;

/// <summary>What a record store must do, whichever it is.</summary>
public abstract class RecordStoreConformance : IAsyncLifetime
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));
    private IRecordStore? _store;

    protected CancellationToken Deadline => _deadline.Token;

    protected IRecordStore Store => _store ?? throw new InvalidOperationException("The store opens with the test.");

    protected abstract Task<IRecordStore> OpenEmptyStoreAsync();

    protected abstract Task CloseStoreAsync();

    public async Task InitializeAsync() => _store = await OpenEmptyStoreAsync();

    public async Task DisposeAsync()
    {
        await CloseStoreAsync();
        _deadline.Dispose();
    }

    [Fact]
    public async Task Read_OfNothing_IsNull() => Assert.Null(await Store.ReadAsync(Key("a"), Deadline));

    [Fact]
    public async Task Insert_ThenRead_AnswersTheRowAndItsTag()
    {
        var written = await Store.InsertAsync(Key("a"), """{"n":1}""", Deadline);

        var row = (await Store.ReadAsync(Key("a"), Deadline))!;

        Assert.True(written.Written);
        Assert.Equal((Key("a"), """{"n":1}""", written.ETag), (row.Key, row.Json, row.ETag));
    }

    [Fact]
    public async Task Insert_OfARowThatExists_IsAConflictAndKeepsTheRow()
    {
        await Store.InsertAsync(Key("a"), """{"n":1}""", Deadline);

        var again = await Store.InsertAsync(Key("a"), """{"n":2}""", Deadline);

        Assert.Equal(WriteStatus.Conflict, again.Status);
        Assert.Equal("""{"n":1}""", (await Store.ReadAsync(Key("a"), Deadline))!.Json);
    }

    [Fact]
    public async Task Replace_WithTheRowsTag_ChangesTheRowAndTheTag()
    {
        var first = await Store.InsertAsync(Key("a"), """{"n":1}""", Deadline);

        var second = await Store.ReplaceAsync(Key("a"), """{"n":2}""", first.ETag, Deadline);

        Assert.True(second.Written);
        Assert.NotEqual(first.ETag, second.ETag);
        Assert.Equal("""{"n":2}""", (await Store.ReadAsync(Key("a"), Deadline))!.Json);
    }

    [Fact]
    public async Task Replace_WithAStaleTag_IsAConflictAndKeepsTheRow()
    {
        var first = await Store.InsertAsync(Key("a"), """{"n":1}""", Deadline);
        await Store.UpsertAsync(Key("a"), """{"n":2}""", Deadline);

        var stale = await Store.ReplaceAsync(Key("a"), """{"n":3}""", first.ETag, Deadline);

        Assert.Equal(WriteStatus.Conflict, stale.Status);
        Assert.Equal("""{"n":2}""", (await Store.ReadAsync(Key("a"), Deadline))!.Json);
    }

    [Fact]
    public async Task Replace_OfNothing_IsNotFound()
    {
        var other = await Store.InsertAsync(Key("b"), "{}", Deadline);

        Assert.Equal(WriteStatus.NotFound, (await Store.ReplaceAsync(Key("a"), "{}", other.ETag, Deadline)).Status);
    }

    [Fact]
    public async Task Replace_ByManyAtOnce_LosesNoUpdate()
    {
        await Store.InsertAsync(Key("count"), """{"n":0}""", Deadline);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            for (var i = 0; i < 25; i++)
            {
                while (true)
                {
                    var row = (await Store.ReadAsync(Key("count"), Deadline))!;
                    var n = System.Text.Json.Nodes.JsonNode.Parse(row.Json)!["n"]!.GetValue<int>();
                    if ((await Store.ReplaceAsync(Key("count"), $$"""{"n":{{n + 1}}}""", row.ETag, Deadline)).Written)
                    {
                        break;
                    }
                }
            }
        }));

        Assert.Equal("""{"n":200}""", (await Store.ReadAsync(Key("count"), Deadline))!.Json);
    }

    [Fact]
    public async Task Insert_ByManyAtOnce_IsWonByOne()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Store.InsertAsync(Key("a"), $$"""{"n":{{i}}}""", Deadline)));

        Assert.Single(results, result => result.Written);
    }

    [Fact]
    public async Task Delete_WithAndWithoutATag_RemovesTheRow()
    {
        var first = await Store.InsertAsync(Key("a"), "{}", Deadline);
        await Store.InsertAsync(Key("b"), "{}", Deadline);

        Assert.True((await Store.DeleteAsync(Key("a"), first.ETag, Deadline)).Written);
        Assert.True((await Store.DeleteAsync(Key("b"), null, Deadline)).Written);

        Assert.Null(await Store.ReadAsync(Key("a"), Deadline));
        Assert.Null(await Store.ReadAsync(Key("b"), Deadline));
        Assert.Equal(WriteStatus.NotFound, (await Store.DeleteAsync(Key("a"), null, Deadline)).Status);
    }

    [Fact]
    public async Task Delete_WithAStaleTag_IsAConflictAndKeepsTheRow()
    {
        var first = await Store.InsertAsync(Key("a"), "{}", Deadline);
        await Store.UpsertAsync(Key("a"), """{"n":1}""", Deadline);

        Assert.Equal(WriteStatus.Conflict, (await Store.DeleteAsync(Key("a"), first.ETag, Deadline)).Status);
        Assert.NotNull(await Store.ReadAsync(Key("a"), Deadline));
    }

    [Fact]
    public async Task ETag_OfADeletedRow_DoesNotFitTheNextOneOfItsKey()
    {
        var first = await Store.InsertAsync(Key("a"), "{}", Deadline);
        await Store.DeleteAsync(Key("a"), null, Deadline);
        await Store.InsertAsync(Key("a"), "{}", Deadline);

        Assert.Equal(WriteStatus.Conflict, (await Store.ReplaceAsync(Key("a"), "{}", first.ETag, Deadline)).Status);
    }

    [Fact]
    public async Task Query_OfAPartition_AnswersItsRowsInOrdinalOrder()
    {
        string[] keys = ["b", "a", "B", "a1", "a10", "a2", "ä", "~", "_", "日本", "\ue000", "😀", "a/b#c?d%e", "\u0001", "\ufffd"];
        foreach (var key in keys)
        {
            await Store.InsertAsync(Key(key), "{}", Deadline);
        }

        await Store.InsertAsync(new RowKey("t", "other", "x"), "{}", Deadline);
        await Store.InsertAsync(new RowKey("u", "p", "y"), "{}", Deadline);

        var rows = await AllAsync(new RowRange("t", "p") { PageSize = 4 });

        Assert.Equal(keys.Order(StringComparer.Ordinal), rows.Select(row => row.Key.Row));
    }

    [Fact]
    public async Task Query_OfARange_TakesTheStartAndLeavesTheEnd()
    {
        await InsertAsync("a", "b", "c", "d");

        Assert.Equal(["b", "c"], (await AllAsync(new RowRange("t", "p") { From = "b", To = "d" })).Select(row => row.Key.Row));
        Assert.Equal(["c", "d"], (await AllAsync(new RowRange("t", "p") { From = "bb" })).Select(row => row.Key.Row));
        Assert.Empty(await AllAsync(new RowRange("t", "p") { From = "x" }));
    }

    [Fact]
    public async Task Query_OfAPrefix_TakesItsRowsOnly()
    {
        await InsertAsync("run", "run:1", "run:2", "run:2:x", "run;", "rum:9");

        var rows = await AllAsync(RowRange.WithPrefix("t", "p", "run:"));

        Assert.Equal(["run:1", "run:2", "run:2:x"], rows.Select(row => row.Key.Row));
    }

    [Fact]
    public async Task Query_InPages_AnswersEachRowOnceThoughRowsComeAndGo()
    {
        await InsertAsync([.. Enumerable.Range(0, 25).Select(i => $"k{i:00}")]);

        var first = await Store.QueryAsync(new RowRange("t", "p") { PageSize = 10 }, Deadline);
        await Store.DeleteAsync(Key("k10"), null, Deadline);
        await InsertAsync("k00a");
        var second = await Store.QueryAsync(new RowRange("t", "p") { PageSize = 10, Cursor = first.NextCursor }, Deadline);
        var third = await Store.QueryAsync(new RowRange("t", "p") { PageSize = 10, Cursor = second.NextCursor }, Deadline);

        Assert.Equal(10, first.Rows.Count);
        Assert.Equal("k11", second.Rows[0].Key.Row);
        Assert.Equal(4, third.Rows.Count);
        Assert.Null(third.NextCursor);
    }

    [Fact]
    public async Task Query_WhosePageHoldsTheLastRow_HasNoNextPage()
    {
        await InsertAsync("a", "b");

        Assert.Null((await Store.QueryAsync(new RowRange("t", "p") { PageSize = 2 }, Deadline)).NextCursor);
    }

    [Fact]
    public async Task Batch_ThatFits_WritesAll()
    {
        var old = await Store.InsertAsync(Key("old"), "{}", Deadline);
        await InsertAsync("gone");

        var result = await Store.BatchAsync(
            [
                new RowWrite.Insert(Key("new"), """{"n":1}"""),
                new RowWrite.Replace(Key("old"), """{"n":2}""", old.ETag),
                new RowWrite.Upsert(Key("put"), """{"n":3}"""),
                new RowWrite.Delete(Key("gone")),
            ],
            Deadline);

        Assert.Equal((true, -1), (result.Written, result.FailedIndex));
        Assert.Equal(["new", "old", "put"], (await AllAsync(new RowRange("t", "p"))).Select(row => row.Key.Row));
    }

    [Fact]
    public async Task Batch_WithOneWriteThatDoesNotFit_WritesNothingAndNamesIt()
    {
        var old = await Store.InsertAsync(Key("old"), "{}", Deadline);
        await Store.UpsertAsync(Key("old"), """{"n":1}""", Deadline);

        var conflict = await Store.BatchAsync(
            [new RowWrite.Insert(Key("a"), "{}"), new RowWrite.Upsert(Key("b"), "{}"), new RowWrite.Replace(Key("old"), "{}", old.ETag)],
            Deadline);
        var missing = await Store.BatchAsync([new RowWrite.Upsert(Key("c"), "{}"), new RowWrite.Delete(Key("nothing"))], Deadline);

        Assert.Equal((WriteStatus.Conflict, 2), (conflict.Status, conflict.FailedIndex));
        Assert.Equal((WriteStatus.NotFound, 1), (missing.Status, missing.FailedIndex));
        Assert.Equal(["old"], (await AllAsync(new RowRange("t", "p"))).Select(row => row.Key.Row));
    }

    [Fact]
    public async Task Batch_OfAHundred_IsWrittenAndOneMoreIsRefused()
    {
        var writes = Enumerable.Range(0, 101).Select(i => (RowWrite)new RowWrite.Insert(Key($"k{i:000}"), "{}")).ToList();

        Assert.Equal("invalid_batch", (await Assert.ThrowsAsync<WeftException>(() => Store.BatchAsync(writes, Deadline))).Code);
        Assert.True((await Store.BatchAsync(writes[..100], Deadline)).Written);

        Assert.Equal(100, (await AllAsync(new RowRange("t", "p"))).Count);
    }

    [Fact]
    public async Task Batch_OfNothing_IsWritten() => Assert.True((await Store.BatchAsync([], Deadline)).Written);

    [Fact]
    public async Task Batch_OverPartitionsOrWithAKeyTwice_IsRefused()
    {
        RowWrite here = new RowWrite.Upsert(Key("a"), "{}");

        Assert.Equal("invalid_batch",
            (await Assert.ThrowsAsync<WeftException>(
                () => Store.BatchAsync([here, new RowWrite.Upsert(new RowKey("t", "q", "a"), "{}")], Deadline))).Code);
        Assert.Equal("invalid_batch", (await Assert.ThrowsAsync<WeftException>(() => Store.BatchAsync([here, here], Deadline))).Code);
    }

    [Fact]
    public async Task Value_OfTheLargestSize_IsKeptAndALargerIsRefused()
    {
        var text = new string('x', RowLimits.MaxJsonBytes - """{"t":""}""".Length);

        Assert.True((await Store.InsertAsync(Key("big"), $$"""{"t":"{{text}}"}""", Deadline)).Written);
        var refused = await Assert.ThrowsAsync<WeftException>(() => Store.UpsertAsync(Key("bigger"), $$"""{"t":"{{text}}x"}""", Deadline));

        Assert.Equal(RowLimits.MaxJsonBytes, (await Store.ReadAsync(Key("big"), Deadline))!.Json.Length);
        Assert.Equal("row_too_large", refused.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("""{"a":1} x""")]
    [InlineData("""{"a":""")]
    public async Task Value_ThatIsNotOneJsonObject_IsRefused(string json) =>
        Assert.Equal("invalid_row", (await Assert.ThrowsAsync<WeftException>(() => Store.UpsertAsync(Key("a"), json, Deadline))).Code);

    [Fact]
    public async Task Key_OfTheGreatestLength_WorksAndALongerOrEmptyOneIsRefused()
    {
        var longest = new string('k', RowLimits.MaxKeyLength);

        Assert.True((await Store.InsertAsync(Key(longest), "{}", Deadline)).Written);

        Assert.NotNull(await Store.ReadAsync(Key(longest), Deadline));
        Assert.Equal(
            "invalid_row_key", (await Assert.ThrowsAsync<WeftException>(() => Store.UpsertAsync(Key(longest + "k"), "{}", Deadline))).Code);
        Assert.Equal("invalid_row_key", (await Assert.ThrowsAsync<WeftException>(() => Store.ReadAsync(Key(""), Deadline))).Code);
    }

    [Fact]
    public async Task Key_OfAnyUnicode_IsItsOwnRow()
    {
        string[] keys = ["a", "A", "a ", " a", "a\u0301", "á", "\ud800", "\udc00", "\ud800\udc00", "a/b", "a\\b", "a%2Fb", "\t", "\u0000",
            "\uffff"];
        foreach (var key in keys)
        {
            Assert.True((await Store.InsertAsync(new RowKey("t", key, key), "{}", Deadline)).Written);
        }

        foreach (var key in keys)
        {
            Assert.Equal(key, (await Store.ReadAsync(new RowKey("t", key, key), Deadline))!.Key.Row);
            Assert.Equal(key, Assert.Single(await AllAsync(new RowRange("t", key))).Key.Row);
        }
    }

    [Fact]
    public async Task Query_WithAPageSizeOrCursorThatWillNotDo_IsRefused()
    {
        Assert.Equal("invalid_page_size",
            (await Assert.ThrowsAsync<WeftException>(() => Store.QueryAsync(new RowRange("t", "p") { PageSize = 0 }, Deadline))).Code);
        Assert.Equal("invalid_page_size",
            (await Assert.ThrowsAsync<WeftException>(() => Store.QueryAsync(new RowRange("t", "p") { PageSize = 1001 }, Deadline))).Code);
        Assert.Equal("invalid_cursor",
            (await Assert.ThrowsAsync<WeftException>(
                () => Store.QueryAsync(new RowRange("t", "p") { Cursor = "no cursor" }, Deadline))).Code);
    }

    [Fact]
    public async Task Writes_ManyAtOnce_AreAllThere()
    {
        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => Store.UpsertAsync(Key($"k{i:000}"), $$"""{"n":{{i}}}""", Deadline)));

        Assert.Equal(500, (await AllAsync(new RowRange("t", "p") { PageSize = 123 })).Count);
    }

    private static RowKey Key(string row) => new("t", "p", row);

    private async Task InsertAsync(params string[] keys)
    {
        foreach (var key in keys)
        {
            Assert.True((await Store.InsertAsync(Key(key), "{}", Deadline)).Written);
        }
    }

    private async Task<List<Row>> AllAsync(RowRange range)
    {
        List<Row> rows = [];
        while (true)
        {
            var page = await Store.QueryAsync(range, Deadline);
            rows.AddRange(page.Rows);
            if (page.NextCursor is null)
            {
                return rows;
            }

            range = range with { Cursor = page.NextCursor };
        }
    }
}
