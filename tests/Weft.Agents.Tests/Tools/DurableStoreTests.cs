using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Weft.Agents.Storage;
using Weft.Agents.Tests.Memory;
using Weft.Agents.Tools;
using Weft.Agents.Tools.Providers.Composio;
using Weft.Agents.Tools.Records;
using Weft.Embedded;
using static Weft.Agents.Tests.Tools.ToolBench;

namespace Weft.Agents.Tests.Tools;

/// <summary>Tools and memory on the store of the embedded product: SQLite in a folder.</summary>
public sealed class DurableStoreTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weft-tools-").FullName;
    private ComposioServer _server = null!;
    private ServiceProvider _host = null!;

    public async Task InitializeAsync()
    {
        _server = await ComposioServer.StartAsync();
        _host = Open();
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Results_SurviveTheProcess()
    {
        await using (var first = new ToolBench(_server.BaseUrl, _host.GetRequiredService<IRecordStore>()))
        {
            await Task.WhenAll(Enumerable.Range(0, 50).Select(i => first.SucceedAsync(Call("shopify.create_return", callId: $"n/{i}"))));
        }

        await _host.DisposeAsync();
        _host = Open();
        await using var next = new ToolBench(_server.BaseUrl, _host.GetRequiredService<IRecordStore>());

        var again =
            await Task.WhenAll(Enumerable.Range(0, 50).Select(i => next.SucceedAsync(Call("shopify.create_return", callId: $"n/{i}"))));

        Assert.All(again, o => Assert.True(o.Replayed));
        Assert.Equal(50, _server.Executions.Count);
    }

    [Fact]
    public async Task Catalog_OfManyTools_IsKeptWhole()
    {
        for (var i = 0; i < 250; i++)
        {
            _server.Tools.Add(
                ComposioServer.Tool($"BIGAPP_ACTION_{i}", "bigapp", $"Action {i}", "readOnlyHint",
                    $$$"""{"p":{"type":"string","description":"{{{new string('d', i == 7 ? 90_000 : 500)}}}"}}"""));
        }

        await using (var first = new ToolBench(_server.BaseUrl, _host.GetRequiredService<IRecordStore>()))
        {
            await first.Get<ComposioCatalog>().GetAsync("bigapp", first.Deadline);
        }

        await using var next = new ToolBench(null, _host.GetRequiredService<IRecordStore>());
        var actions = await next.Get<ComposioCatalog>().GetAsync("bigapp", next.Deadline);

        Assert.Equal(250, actions.Actions.Count);
        Assert.True(actions.Actions.ContainsKey("action_7"));
    }

    [Fact]
    public async Task Writers_OfOneConversation_LoseNothing()
    {
        await using var memory = new MemoryBench(_host.GetRequiredService<IRecordStore>());

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => memory.RunAsync("append", $"\"m{i}\"")));

        Assert.Equal(50, (long)(await memory.RunAsync("read"))["total_count"]!);
    }

    [Fact]
    public async Task OldUses_AndDirectCalls_AreRemoved()
    {
        await using var bench =
            new ToolBench(_server.BaseUrl, _host.GetRequiredService<IRecordStore>(), settings: ("Weft:Tools:UsageRetention", "01:00:00"));
        var usage = bench.Get<ToolUsageRecords>();
        var old = DateTime.UtcNow.AddHours(-3);
        await usage.AddAsync(
            new ToolUsage { Id = "1", AppName = "a", ActionName = "b", EntityId = "e", Success = true, ExecutedAt = old }, bench.Deadline);
        await usage.AddAsync(
            new ToolUsage { Id = "2", AppName = "a", ActionName = "b", EntityId = "e", Success = true, ExecutedAt = DateTime.UtcNow },
            bench.Deadline);
        var retention = bench.GetAll<Microsoft.Extensions.Hosting.IHostedService>().OfType<ToolRetention>().Single();

        await retention.SweepAsync(6, bench.Deadline);

        Assert.Equal(["2"], (await usage.OfEntityAsync("e", 10, bench.Deadline)).Select(u => u.Id));
    }

    private ServiceProvider Open()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLogging();
        services.AddEmbeddedEngine(o => o.DataFolder = _folder);
        return services.BuildServiceProvider();
    }
}
