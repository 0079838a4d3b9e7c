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
    public async Task Offload_AValueWithinTheInlineLimit_AnswersTheValueItself()
    {
        var value = JsonValue.Create(new string('a', PayloadReference.InlineLimit - 2));

        var offloaded = await Open().OffloadAsync(value, CancellationToken.None);

        Assert.Same(value, offloaded);
        Assert.Equal(0, _records.Writes);
    }

    [Fact]
    public async Task Offload_AValueOverTheInlineLimit_AnswersAStandInThatFetchesTheSameValue()
    {
        var value = new JsonObject { ["text"] = new string('ä', 20_000), ["n"] = 1.50m };
        var store = Open();

        var offloaded = await store.OffloadAsync(value, CancellationToken.None);

        Assert.NotNull(PayloadReference.HashOf(offloaded));
        Assert.Equal(200, ((string)offloaded!["preview"]!).Length);
        Assert.True(JsonNode.DeepEquals(value, await Open().LoadAsync(offloaded, CancellationToken.None)));
    }

    [Fact]
    public async Task Offload_AnIncompressibleValueOfManyChunks_FetchesWhole()
    {
        var bytes = new byte[4_000_000];
        new Random(7).NextBytes(bytes);
        var value = JsonValue.Create(Convert.ToBase64String(bytes));

        var offloaded = await Open().OffloadAsync(value, CancellationToken.None);

        Assert.True(_records.Writes > 60);
        Assert.Equal(value.GetValue<string>(), (string?)await Open().LoadAsync(offloaded, CancellationToken.None));
    }

    [Fact]
    public async Task Offload_TheSameValueTwice_StoresItOnce()
    {
        var value = JsonValue.Create(new string('b', 50_000));
        await Open().OffloadAsync(value, CancellationToken.None);
        var writes = _records.Writes;

        await Open().OffloadAsync(value.DeepClone(), CancellationToken.None);

        Assert.Equal(writes, _records.Writes);
    }

    [Fact]
    public async Task Load_OfARecentlyUsedValue_ReadsMemoryAlone()
    {
        var store = Open();
        var offloaded = await store.OffloadAsync(JsonValue.Create(new string('c', 50_000)), CancellationToken.None);
        var reads = _records.Reads;

        await store.LoadAsync(offloaded, CancellationToken.None);

        Assert.Equal(reads, _records.Reads);
    }

    [Fact]
    public async Task Load_OfATreeWithStandInsAnywhere_ResolvesEachAndLeavesTheInputAlone()
    {
        var store = Open();
        var inner = await store.OffloadAsync(JsonValue.Create(new string('d', 30_000)), CancellationToken.None);
        var outer = await store.OffloadAsync(
            new JsonObject { ["inner"] = inner, ["pad"] = new string('e', 20_000) }, CancellationToken.None);
        var tree = new JsonObject { ["list"] = new JsonArray(1, outer), ["plain"] = "x" };

        var fetched = await store.LoadAsync(tree, CancellationToken.None);

        Assert.Equal(30_000, ((string)fetched!["list"]![1]!["inner"]!).Length);
        Assert.Equal("x", (string?)fetched["plain"]);
        Assert.NotNull(PayloadReference.HashOf(tree["list"]![1]));
    }

    [Fact]
    public async Task Load_OfATreeWithoutStandIns_AnswersTheSameNode()
    {
        var tree = new JsonObject { ["a"] = 1 };

        Assert.Same(tree, await Open().LoadAsync(tree, CancellationToken.None));
    }

    [Theory]
    [InlineData("sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("sha256:../../etc/passwd")]
    public async Task Load_OfAnUnknownStandIn_FailsWithPayloadMissing(string hash)
    {
        var failure = await Assert.ThrowsAsync<ActivityException>(
            () => Open().LoadAsync(PayloadReference.Create(hash, 20_000, ""), CancellationToken.None));

        Assert.Equal("payload_missing", failure.Code);
        Assert.False(failure.Fault.Retryable);
        Assert.Contains(hash, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_OfAChangedRow_FailsWithPayloadCorrupt()
    {
        var offloaded = await Open().OffloadAsync(JsonValue.Create(new string('f', 50_000)), CancellationToken.None);
        var digest = PayloadReference.HashOf(offloaded)!["sha256:".Length..];
        await _records.UpsertAsync(
            new RowKey("payloads", digest, "0000"), """{"bytes":5,"encoding":"br","chunks":1,"data":"AAAA"}""", CancellationToken.None);

        var failure = await Assert.ThrowsAsync<ActivityException>(() => Open().LoadAsync(offloaded, CancellationToken.None));

        Assert.Equal("payload_corrupt", failure.Code);
    }

    [Fact]
    public async Task Offload_OverTheLargestSize_FailsWithPayloadTooLarge()
    {
        var store = Open(new ContextStoreOptions { MaxPayloadBytes = 64 * 1024 });

        var failure = await Assert.ThrowsAsync<ActivityException>(
            () => store.OffloadAsync(JsonValue.Create(new string('g', 70_000)), CancellationToken.None));

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
