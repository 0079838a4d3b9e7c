using System.Text.Json.Nodes;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Weft.Agents.Secrets;
using Weft.Agents.Tests.Storage;
using Weft.Agents.Tools;
using Weft.Agents.Tools.Records;
using Weft.Embedded.Secrets;
using Weft.Workflows.Contracts;
using static Weft.Agents.Tests.Tools.ToolBench;

namespace Weft.Agents.Tests.Tools;

public sealed class ToolLimitsTests : IAsyncLifetime
{
    private ComposioServer _server = null!;

    public async Task InitializeAsync() => _server = await ComposioServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Rate_OverTheLimit_IsRefusedWithTheWait_AndNothingIsSent()
    {
        await using var bench =
            new ToolBench(_server.BaseUrl, settings: [("Weft:Tools:AppCallsPerMinute:shopify", "2"), ("Weft:Tools:Timeout", "00:00:05")]);
        await bench.SucceedAsync(Call("shopify.get_order", callId: "1"));
        await bench.SucceedAsync(Call("shopify.get_order", callId: "2"));

        var failure = await bench.FailAsync(Call("shopify.create_return", callId: "3"));

        Assert.Equal("rate_limited", failure.Kind);
        Assert.True(failure.Retryable);
        Assert.InRange(failure.RetryAfterMs!.Value, 25_000, 30_000);
        Assert.Equal(2, _server.Executions.Count);
        Assert.DoesNotContain(await bench.Records.ListAsync("exec-1", bench.Deadline), r => r.Status == ToolCallStatus.Started);
    }

    [Fact]
    public async Task Rate_OfOneApp_DoesNotHoldAnother()
    {
        await using var bench = new ToolBench(_server.BaseUrl, settings: ("Weft:Tools:AppCallsPerMinute:shopify", "1"));
        await bench.SucceedAsync(Call("shopify.get_order", callId: "1"));

        await bench.SucceedAsync(Call("gmail.send_email", """{"subject":"s"}""", callId: "2"));
    }

    [Fact]
    public void Bucket_RefillsSteadily_AndPromisesTurnsInOrder()
    {
        var clock = new FrozenClock();
        var bucket = new TokenBucket(60, clock);
        for (var i = 0; i < 60; i++)
        {
            Assert.True(bucket.TryReserve(TimeSpan.Zero, out _));
        }

        Assert.False(bucket.TryReserve(TimeSpan.Zero, out var wait));
        Assert.Equal(1, wait.TotalSeconds, 3);
        Assert.True(bucket.TryReserve(TimeSpan.FromSeconds(5), out var first));
        Assert.True(bucket.TryReserve(TimeSpan.FromSeconds(5), out var second));
        Assert.Equal((1.0, 2.0), (Math.Round(first.TotalSeconds, 3), Math.Round(second.TotalSeconds, 3)));
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.True(bucket.TryReserve(TimeSpan.Zero, out _));
    }

    [Fact]
    public async Task Concurrency_StaysWithinTheLimitOfTheApp()
    {
        var running = 0;
        var most = 0;
        _server.OnExecute = async (slug, _, context) =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            await Task.Yield();
            await context.Response.StartAsync(context.RequestAborted);
            Interlocked.Decrement(ref running);
            await context.Response.BodyWriter.WriteAsync(System.Text.Encoding.UTF8.GetBytes(ComposioServer.Answer(slug).ToJsonString()));
            return null;
        };
        await using var bench = new ToolBench(_server.BaseUrl, settings: ("Weft:Tools:MaxConcurrentCallsPerApp", "3"));

        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => bench.SucceedAsync(Call("shopify.get_order", callId: $"{i}"))));

        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task Cache_AnswersReads_UntilAWriteToTheSameAppAndEntity()
    {
        await using var bench = new ToolBench(_server.BaseUrl, settings: ("Weft:Tools:CacheTtl:shopify", "00:10:00"));
        await bench.SucceedAsync(Call("shopify.get_order", callId: "1"));
        var hit = await bench.SucceedAsync(Call("shopify.get_order", callId: "2"));
        _server.Accounts.Add(ComposioServer.Account("ca_9", "shopify", "cust-2"));
        var other = await bench.SucceedAsync(Call("shopify.get_order", callId: "3", entity: "cust-2"));

        await bench.SucceedAsync(Call("shopify.create_return", callId: "4"));
        var fresh = await bench.SucceedAsync(Call("shopify.get_order", callId: "5"));
        var kept = await bench.SucceedAsync(Call("shopify.get_order", callId: "6", entity: "cust-2"));

        Assert.Equal((true, false, false, true), (hit.Cached, other.Cached, fresh.Cached, kept.Cached));
    }

    [Fact]
    public async Task Cache_IsOffByDefault()
    {
        await using var bench = new ToolBench(_server.BaseUrl);
        await bench.SucceedAsync(Call("shopify.get_order", callId: "1"));

        Assert.False((await bench.SucceedAsync(Call("shopify.get_order", callId: "2"))).Cached);
        Assert.Equal(2, _server.Executions.Count);
    }

    [Fact]
    public async Task DeniedTool_IsRefused()
    {
        await using var bench = new ToolBench(_server.BaseUrl, settings: ("Weft:Tools:Denied:0", "gmail.*"));

        Assert.Equal("refused", (await bench.FailAsync(Call("gmail.send_email", "{}"))).Kind);
    }

    [Fact]
    public async Task WithoutAKey_TheFailureSaysWhatToSet()
    {
        await using var bench = new ToolBench(null);

        var failure = await bench.FailAsync(Call("shopify.get_order"));

        Assert.Equal("unavailable", failure.Kind);
        Assert.Contains("COMPOSIO_API_KEY is not set", failure.Message);
    }

    [Fact]
    public async Task WithAKeyInTheVault_CallsAreMadeWithIt()
    {
        var vault = new LocalSecretVault(new MemoryRecordStore(), new EphemeralDataProtectionProvider(), TimeProvider.System);
        await vault.SetAsync("COMPOSIO_API_KEY", "ck_of_the_vault_01", CancellationToken.None);
        await using var bench = new ToolBench(
            null, services => services.AddSingleton<ISecretVault>(vault), settings: ("COMPOSIO_BASE_URL", _server.BaseUrl));

        await bench.SucceedAsync(Call("shopify.get_order"));

        Assert.All(_server.Requests, r => Assert.Equal("ck_of_the_vault_01", r.Headers["x-api-key"]));
    }

    [Fact]
    public async Task Options_OutOfRange_AreRefusedAtTheStart()
    {
        await using var bench =
            new ToolBench(_server.BaseUrl, settings: [("Weft:Tools:Timeout", "00:00:00"), ("Weft:Tools:AppCallsPerMinute:shopify", "0")]);

        var exception = Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(
            () => bench.Get<Microsoft.Extensions.Options.IOptions<ToolOptions>>().Value);

        Assert.Equal(2, exception.Failures.Count());
    }

    [Fact]
    public async Task BuiltInTools_AnswerWithoutComposio()
    {
        await using var bench = new ToolBench(null);

        var now = await bench.SucceedAsync(Call("weft.now", "{}", callId: "1", entity: null));
        var none = await bench.SucceedAsync(Call("weft.search_knowledge", """{"query":"x"}""", callId: "2", entity: null));

        Assert.NotNull(now.Output!["utc"]);
        Assert.Equal(0, (int)none.Output!["count"]!);
    }

    [Fact]
    public async Task OffloadedAnswer_CanBeReadOn()
    {
        _server.OnExecute = (_, _, _) => Task.FromResult<JsonNode?>(ComposioServer.Answer(new string('x', 20_000) + "END"));
        await using var bench = new ToolBench(_server.BaseUrl);
        var offloaded = await bench.SucceedAsync(Call("shopify.get_order", callId: "1"));

        var part = new JsonObject { ["address"] = PayloadReference.HashOf(offloaded.Output), ["offset"] = 19_998, ["length"] = 100 };
        var read = await bench.SucceedAsync(Call("weft.read_payload", part.ToJsonString(), callId: "2", entity: null));

        Assert.Equal("xxEND", (string?)read.Output!["text"]);
        Assert.False((bool)read.Output!["more"]!);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }

    private sealed class FrozenClock : TimeProvider
    {
        private long _now;

        public void Advance(TimeSpan time) => _now += time.Ticks;

        public override long GetTimestamp() => _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    }
}
