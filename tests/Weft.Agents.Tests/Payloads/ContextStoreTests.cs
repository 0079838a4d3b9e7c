using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Weft.Agents.Payloads;
using Weft.Agents.Storage;
using Weft.Agents.Tests.Storage;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Agents.Tests.Payloads;

public sealed class ContextStoreTests
{
    private readonly MemoryRecordStore _records = new();

    [Fact]
    public async Task Stow_AValueWithinTheInlineLimit_AnswersTheValueItself()
    {
        var value = JsonValue.Create(new string('a', PayloadReference.InlineLimit - 2));

        var stowed = await Open().StowAsync(value, CancellationToken.None);

        Assert.Same(value, stowed);
        Assert.Equal(0, _records.Writes);
    }

    [Fact]
    public async Task Stow_AValueOverTheInlineLimit_AnswersAStandInThatFetchesTheSameValue()
    {
        var value = new JsonObject { ["text"] = new string('ä', 20_000), ["n"] = 1.50m };
        var store = Open();

        var stowed = await store.StowAsync(value, CancellationToken.None);

        Assert.NotNull(PayloadReference.HashOf(stowed));
        Assert.Equal(200, ((string)stowed!["preview"]!).Length);
        Assert.True(JsonNode.DeepEquals(value, await Open().FetchAsync(stowed, CancellationToken.None)));
    }

    [Fact]
    public async Task Stow_AnIncompressibleValueOfManyChunks_FetchesWhole()
    {
        var bytes = new byte[4_000_000];
        new Random(7).NextBytes(bytes);
        var value = JsonValue.Create(Convert.ToBase64String(bytes));

        var stowed = await Open().StowAsync(value, CancellationToken.None);

        Assert.True(_records.Writes > 60);
        Assert.Equal(value.GetValue<string>(), (string?)await Open().FetchAsync(stowed, CancellationToken.None));
    }

    [Fact]
    public async Task Stow_TheSameValueTwice_StoresItOnce()
    {
        var value = JsonValue.Create(new string('b', 50_000));
        await Open().StowAsync(value, CancellationToken.None);
        var writes = _records.Writes;

        await Open().StowAsync(value.DeepClone(), CancellationToken.None);

        Assert.Equal(writes, _records.Writes);
    }

    [Fact]
    public async Task Fetch_OfARecentlyUsedValue_ReadsMemoryAlone()
    {
        var store = Open();
        var stowed = await store.StowAsync(JsonValue.Create(new string('c', 50_000)), CancellationToken.None);
        var reads = _records.Reads;

        await store.FetchAsync(stowed, CancellationToken.None);

        Assert.Equal(reads, _records.Reads);
    }

    [Fact]
    public async Task Fetch_OfATreeWithStandInsAnywhere_ResolvesEachAndLeavesTheInputAlone()
    {
        var store = Open();
        var inner = await store.StowAsync(JsonValue.Create(new string('d', 30_000)), CancellationToken.None);
        var outer = await store.StowAsync(new JsonObject { ["inner"] = inner, ["pad"] = new string('e', 20_000) }, CancellationToken.None);
        var tree = new JsonObject { ["list"] = new JsonArray(1, outer), ["plain"] = "x" };

        var fetched = await store.FetchAsync(tree, CancellationToken.None);

        Assert.Equal(30_000, ((string)fetched!["list"]![1]!["inner"]!).Length);
        Assert.Equal("x", (string?)fetched["plain"]);
        Assert.NotNull(PayloadReference.HashOf(tree["list"]![1]));
    }

    [Fact]
    public async Task Fetch_OfATreeWithoutStandIns_AnswersTheSameNode()
    {
        var tree = new JsonObject { ["a"] = 1 };

        Assert.Same(tree, await Open().FetchAsync(tree, CancellationToken.None));
    }

    [Theory]
    [InlineData("sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("sha256:../../etc/passwd")]
    public async Task Fetch_OfAnUnknownStandIn_FailsWithPayloadMissing(string hash)
    {
        var failure = await Assert.ThrowsAsync<ActivityException>(
            () => Open().FetchAsync(PayloadReference.Create(hash, 20_000, ""), CancellationToken.None));

        Assert.Equal("payload_missing", failure.Code);
        Assert.False(failure.Fault.Retryable);
        Assert.Contains(hash, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_OfAChangedRow_FailsWithPayloadCorrupt()
    {
        var stowed = await Open().StowAsync(JsonValue.Create(new string('f', 50_000)), CancellationToken.None);
        var digest = PayloadReference.HashOf(stowed)!["sha256:".Length..];
        await _records.UpsertAsync(
            new RowKey("payloads", digest, "0000"), """{"bytes":5,"encoding":"br","chunks":1,"data":"AAAA"}""", CancellationToken.None);

        var failure = await Assert.ThrowsAsync<ActivityException>(() => Open().FetchAsync(stowed, CancellationToken.None));

        Assert.Equal("payload_corrupt", failure.Code);
    }

    [Fact]
    public async Task Stow_OverTheLargestSize_FailsWithPayloadTooLarge()
    {
        var store = Open(new ContextStoreOptions { MaxPayloadBytes = 64 * 1024 });

        var failure = await Assert.ThrowsAsync<ActivityException>(
            () => store.StowAsync(JsonValue.Create(new string('g', 70_000)), CancellationToken.None));

        Assert.Equal("payload_too_large", failure.Code);
    }

    [Fact]
    public void Cache_WhenFull_DropsWhatWasUsedLongestAgo()
    {
        var cache = new PayloadCache(100);
        cache.Keep("a", new byte[25]);
        cache.Keep("b", new byte[25]);
        cache.Keep("c", new byte[25]);
        cache.Keep("d", new byte[25]);
        cache.Find("a");

        cache.Keep("e", new byte[25]);
        cache.Keep("giant", new byte[26]);

        Assert.NotNull(cache.Find("a"));
        Assert.Null(cache.Find("b"));
        Assert.Null(cache.Find("giant"));
        Assert.Equal(100, cache.Bytes);
    }

    private ContextStore Open(ContextStoreOptions? options = null) =>
        new(_records, Options.Create(options ?? new ContextStoreOptions()), TimeProvider.System);
}
