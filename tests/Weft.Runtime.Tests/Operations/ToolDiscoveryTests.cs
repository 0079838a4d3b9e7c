using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Weft.Agents.Models.Catalog;
using Weft.Agents.Storage;
using Weft.Agents.Tests.Storage;
using Weft.Agents.Tests.Tools;
using Weft.Agents.Tools.Providers.Composio;
using Weft.Runtime.Cards;
using Weft.Runtime.Operations;
using Weft.Runtime.Registry;
using Weft.Runtime.Schedules;
using Weft.Workflows.Sequences;

namespace Weft.Runtime.Tests.Operations;

public sealed class ToolDiscoveryTests : IAsyncLifetime
{
    private ComposioServer _server = null!;

    public async Task InitializeAsync() => _server = await ComposioServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Start_IsBounded_WhenComposioDoesNotAnswer()
    {
        var hold = new TaskCompletionSource();
        _server.Before = async (_, context) =>
        {
            await hold.Task.WaitAsync(context.RequestAborted);
            return true;
        };
        await using var bench = await RegisteredAsync("shopify.get_order", ("Weft:Composio:StartTimeout", "00:00:00.200"));
        var discovery = bench.GetAll<IHostedService>().OfType<ToolDiscovery>().Single();

        await discovery.StartAsync(bench.Deadline).WaitAsync(bench.Deadline);
        await discovery.StopAsync(bench.Deadline);

        Assert.Contains(bench.Logs.Lines, l => l.Contains(" 2303 "));
        hold.SetResult();
    }

    [Fact]
    public async Task Start_FetchesWhatTheWorkflowsNeed_AndNamesWhatIsNotThere()
    {
        await using var bench = await RegisteredAsync("shopify.get_ordr");
        var discovery = bench.GetAll<IHostedService>().OfType<ToolDiscovery>().Single();

        await discovery.StartAsync(bench.Deadline).WaitAsync(bench.Deadline);

        Assert.Equal(["shopify"], bench.Get<ComposioCatalog>().Known.Select(a => a.App).Distinct());
        Assert.Contains(bench.Logs.Lines, l => l.Contains("workflow 'w'") && l.Contains("Did you mean 'get_order'?"));
        await discovery.StopAsync(bench.Deadline);
    }

    [Fact]
    public async Task List_IsReadPageByPage()
    {
        await using var bench = new ToolBench(_server.BaseUrl, settings: ("Weft:Composio:PageSize", "2"));

        var actions = await bench.Get<ComposioCatalog>().GetAsync("shopify", bench.Deadline);

        Assert.Equal(["create_return", "get_order", "get_tracking_info", "update_order"], actions.Actions.Keys);
        Assert.Equal(2, _server.Requests.Count);
    }

    [Fact]
    public async Task ManyAskers_CauseOneFetch()
    {
        await using var bench = new ToolBench(_server.BaseUrl);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => bench.Get<ComposioCatalog>().GetAsync("Shopify", bench.Deadline)));

        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task UnchangedList_IsConfirmedByItsTag()
    {
        _server.ETag = "\"v1\"";
        var store = new MemoryRecordStore();
        await using (var first = new ToolBench(_server.BaseUrl, store))
        {
            await first.Get<ComposioCatalog>().GetAsync("shopify", first.Deadline);
        }

        await using var next = new ToolBench(_server.BaseUrl, store, settings: ("Weft:Composio:CatalogTtl", "00:00:00.001"));
        var actions = await next.Get<ComposioCatalog>().GetAsync("shopify", next.Deadline);

        Assert.Equal(4, actions.Actions.Count);
        Assert.False(actions.Stale);
        Assert.Equal("\"v1\"", _server.Requests.Last().Headers["if-none-match"]);
    }

    [Fact]
    public async Task Catalog_WithinItsTime_IsNotAskedForAgain()
    {
        var store = new MemoryRecordStore();
        await using (var first = new ToolBench(_server.BaseUrl, store))
        {
            await first.Get<ComposioCatalog>().GetAsync("shopify", first.Deadline);
        }

        await using var next = new ToolBench(_server.BaseUrl, store);
        await next.Get<ComposioCatalog>().GetAsync("shopify", next.Deadline);

        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task FailedRead_IsTriedAgain_AndThenSaidInWords()
    {
        _server.Before = async (_, context) =>
        {
            context.Response.StatusCode = 502;
            await context.Response.WriteAsync("<html>bad gateway</html>");
            return true;
        };
        await using var bench = new ToolBench(_server.BaseUrl);

        var exception = await Assert.ThrowsAsync<ComposioException>(() => bench.Get<ComposioCatalog>().GetAsync("shopify", bench.Deadline));

        Assert.Equal(ComposioErrorKind.Server, exception.Kind);
        Assert.Equal("Composio answered 502 to GET /tools: the gateway answered with a page.", exception.Message);
        Assert.Equal(3, _server.Requests.Count);
    }

    [Theory]
    [InlineData(400,
        """{"error":{"message":"No connected account found","code":1803,"status":400,"slug":"ActionExecute_ConnectedAccountNotFound"}}""",
        nameof(ComposioErrorKind.NotConnected))]
    [InlineData(400, """{"error":{"code":"BadRequest","message":"no","suggestedFix":"do that"}}""", nameof(ComposioErrorKind.BadRequest))]
    [InlineData(401, """{"error":{"message":"Invalid API key"}}""", nameof(ComposioErrorKind.Unauthorized))]
    [InlineData(404, """{"error":{"message":"Tool X not found","slug":"Tool_ToolNotFound"}}""", nameof(ComposioErrorKind.NotFound))]
    [InlineData(410, "", nameof(ComposioErrorKind.Gone))]
    [InlineData(422, """{"error":{"message":"not active"}}""", nameof(ComposioErrorKind.NotConnected))]
    [InlineData(429, """{"message":"Rate limit exceeded. Limit: 10000 requests per 1 minutes"}""", nameof(ComposioErrorKind.RateLimited))]
    [InlineData(501, "{}", nameof(ComposioErrorKind.NotImplemented))]
    [InlineData(503, "<html></html>", nameof(ComposioErrorKind.Server))]
    public void Errors_OfEveryShape_AreTold_Apart(int status, string body, string kind)
    {
        var exception = ComposioException.Of(status, null, body, "GET /x", text => text);

        Assert.Equal(kind, exception.Kind.ToString());
        Assert.StartsWith($"Composio answered {status} to GET /x: ", exception.Message);
        Assert.Equal(kind == nameof(ComposioErrorKind.Server), exception.MayHaveTakenEffect);
    }

    private async Task<ToolBench> RegisteredAsync(string tool, params (string Key, string Value)[] settings)
    {
        var bench = new ToolBench(_server.BaseUrl, Discovering, settings: settings);
        var put = await bench.Get<WorkflowRegistry>().PutAsync(
            $$"""
            name: w
            workflow:
              nodes:
                - id: answer
                  agent: reasoning_support_agent
                  config: { tools: [{{tool}}] }
                  task: Answer.
              edges:
                - { from: answer, to: END }
            """,
            new PutWorkflowOptions(),
            bench.Deadline);
        Assert.NotNull(put.Version);
        return bench;
    }

    private static void Discovering(IServiceCollection services) => services
        .AddSingleton(ModelCatalog.BuiltIn)
        .AddSingleton<AgentRegistry>()
        .AddSingleton<KnownNames>()
        .AddSingleton<ScheduleStore>()
        .AddSingleton<WorkflowRegistry>()
        .AddHostedService<ToolDiscovery>();
}
