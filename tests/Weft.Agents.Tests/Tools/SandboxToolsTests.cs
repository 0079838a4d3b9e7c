using System.Text.Json.Nodes;
using Weft.Agents.Tests.Storage;
using Weft.Agents.Tools;
using Weft.Agents.Tools.Providers.Composio;
using Weft.Agents.Tools.Providers.Composio.Connections;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Sandbox;
using Weft.Sandbox.Faults;
using static Weft.Agents.Tests.Tools.ToolBench;

namespace Weft.Agents.Tests.Tools;

/// <summary>The tools against the Composio simulator, over real HTTP and with its faults.</summary>
public sealed class SandboxToolsTests : IAsyncLifetime
{
    private readonly MemoryRecordStore _store = new();
    private SandboxServer _sandbox = null!;
    private ToolBench _bench = null!;

    public async Task InitializeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions(), limit.Token);
        _bench = Bench();
    }

    public async Task DisposeAsync()
    {
        await _bench.DisposeAsync();
        await _sandbox.DisposeAsync();
    }

    [Fact]
    public async Task Discovery_FindsShopifyActions_ThatAreAboutOrders()
    {
        var actions = await _bench.Get<ToolDirectory>().ListActionsAsync("shopify", _bench.Deadline);

        Assert.True(actions.Count > 5);
        Assert.Contains(actions, a => a.ActionName.Contains("order"));
        var order = actions.Single(a => a.ActionName == "get_order");
        Assert.True(order.ReadOnly);
        Assert.Contains("order_id", order.RequiredParams);
        Assert.Contains("order_id (required): string", order.ToolDescription);
    }

    [Fact]
    public async Task Search_ForSendEmail_FindsGmail()
    {
        await _bench.Get<ComposioCatalog>().GetAsync("gmail", _bench.Deadline);
        await _bench.Get<ComposioCatalog>().GetAsync("slack", _bench.Deadline);

        var found = await _bench.Get<ToolDirectory>().SearchAsync("send email", 5, _bench.Deadline);

        Assert.Equal("gmail.send_email", $"{found[0].AppName}.{found[0].ActionName}");
    }

    [Fact]
    public async Task Apps_AreListedWithCategoryAndConnection()
    {
        var apps = await _bench.Get<ToolDirectory>().ListAppsAsync(null, connectedOnly: false, "cust_789", _bench.Deadline);

        Assert.Contains(apps, a => a is { Name: "shopify", IsConnected: false, Category: not null });
    }

    [Fact]
    public async Task Order_OfTheSimulatedShop_IsAnswered()
    {
        var outcome = await _bench.SucceedAsync(Call("shopify.get_order", """{"order_id":"12345"}""", entity: "cust_789"));

        Assert.Contains("LAMP-01", outcome.Output!.ToJsonString());
    }

    [Fact]
    public async Task MissingOrder_IsAProviderError()
    {
        var failure = await _bench.FailAsync(Call("shopify.get_order", """{"order_id":"99999"}""", entity: "cust_789"));

        Assert.Equal("provider_error", failure.Kind);
    }

    [Fact]
    public async Task Specs_BecomeReferencesWithTheirFlags_AndUnknownOnesAreWarnings()
    {
        var specs = await _bench.Get<ToolRegistry>().ResolveSpecsAsync(
            ["shopify.get_order, gmail.send_email", "slack.*", "shopify.get_ordr", "nonsense.*", "plain"], null, _bench.Deadline);

        Assert.Equal(["shopify.get_order", "gmail.send_email"], specs.Tools["shopify.get_order, gmail.send_email"].Select(t => t.Name));
        Assert.True(specs.Tools["shopify.get_order, gmail.send_email"][0].ReadOnly);
        Assert.False(specs.Tools["shopify.get_order, gmail.send_email"][1].ReadOnly);
        Assert.Contains(specs.Tools["slack.*"], t => t.Name == "slack.send_message" && t.ModelName == "slack_send_message");
        Assert.Contains(specs.Warnings, w => w.Contains("Did you mean 'get_order'?"));
        Assert.Contains(specs.Warnings, w => w.Contains("no app 'nonsense'"));
        Assert.Contains(specs.Warnings, w => w.Contains("'plain'"));
    }

    [Fact]
    public async Task Wildcard_MeansTheListedActions_WhereTheWorkflowListsThem()
    {
        var definition = new WorkflowDefinition
        {
            Id = "w",
            Dialect = Dialect.Graph,
            Body = new GraphBody([], []),
            ComposioApps = [new ComposioApp("shopify", "customer_id", ["get_order", "create_return"])],
        };

        var specs =
            await _bench.Get<ToolRegistry>().ResolveSpecsAsync(["shopify.*", "shopify.get_tracking_info"], definition, _bench.Deadline);

        Assert.Equal(["shopify.get_order", "shopify.create_return"], specs.Tools["shopify.*"].Select(t => t.Name));
        Assert.Single(specs.Tools["shopify.get_tracking_info"]);
        Assert.Contains(specs.Warnings, w => w.Contains("not among the actions"));
    }

    [Fact]
    public async Task Specs_ForAModel_AreDescribedWithinTheBudget()
    {
        await using var small = Bench(("Weft:Tools:SchemaBytesPerTurn", "2000"));
        string[] names = ["shopify.get_order", "gmail.send_email", "slack.send_message", "github.create_issue"];

        var whole = await _bench.Get<IToolCatalog>().DescribeAsync(Scope, names, _bench.Deadline);
        var cut = await small.Get<IToolCatalog>().DescribeAsync(Scope, names, _bench.Deadline);

        Assert.Equal(names, whole.Select(s => s.Name));
        Assert.Equal("github_create_issue", whole[3].ModelName);
        Assert.True(cut.Sum(s => s.Parameters.ToJsonString().Length) < whole.Sum(s => s.Parameters.ToJsonString().Length));
        Assert.Equal(["owner", "repo", "title"], cut[3].Parameters["required"]!.AsArray().Select(r => (string?)r).Order());
    }

    [Fact]
    public async Task Reads_SurviveFaultsOfTheGateway()
    {
        _sandbox.Faults.Add(new FaultRule { Target = "composio", Path = "/tools/execute", First = 2, Kind = FaultKind.HtmlError });

        await _bench.SucceedAsync(Call("shopify.get_order", """{"order_id":"12345"}""", entity: "cust_789"));
    }

    [Theory]
    [InlineData(FaultKind.CutBody)]
    [InlineData(FaultKind.MalformedBody)]
    [InlineData(FaultKind.ServerError)]
    public async Task Write_WhoseAnswerIsSpoilt_HasAnUnknownOutcome(FaultKind kind)
    {
        _sandbox.Faults.Add(new FaultRule { Target = "composio", Tool = "GMAIL_SEND_EMAIL", Kind = kind });

        var failure = await _bench.FailAsync(
            Call("gmail.send_email", """{"recipient_email":"a@example.com","subject":"s","body":"b"}""", entity: "agent_1"));

        Assert.Equal("unknown_outcome", failure.Kind);
    }

    [Fact]
    public async Task Write_WhoseAnswerWasCut_TakesEffectOnce_ThoughItIsMadeAgain()
    {
        _sandbox.Faults.Add(
            new FaultRule { Target = "composio", Tool = "SHOPIFY_CREATE_RETURN", First = 1, Kind = FaultKind.CutBody, Effect = true });

        var outcome =
            await _bench.SucceedAsync(Call("shopify.create_return", Return, entity: "cust_789", policy: UnknownOutcomePolicy.Retry));

        Assert.NotNull(outcome.Output);
    }

    [Fact]
    public async Task RateLimit_IsWaitedOut()
    {
        _sandbox.Faults.Add(
            new FaultRule { Target = "composio", Path = "/tools/execute", First = 1, Kind = FaultKind.RateLimit, RetryAfter = 0.05 });

        await _bench.SucceedAsync(Call("shopify.create_return", Return, entity: "cust_789"));
    }

    [Fact]
    public async Task WrongKey_SaysWhatToCheck_WithoutTheKey()
    {
        await using var bench = Bench(("COMPOSIO_API_KEY", "live_key_0123456789"));

        var failure = await bench.FailAsync(Call("shopify.get_order", """{"order_id":"12345"}""", entity: "cust_789"));

        Assert.Equal("unavailable", failure.Kind);
        Assert.Contains("COMPOSIO_API_KEY", failure.Message);
        Assert.DoesNotContain("live_key_0123456789", failure.Message);
    }

    [Fact]
    public async Task Catalog_OfTheLastStart_IsUsedWhenComposioIsGone()
    {
        await _bench.Get<ComposioCatalog>().GetAsync("shopify", _bench.Deadline);
        await using var offline =
            new ToolBench("http://127.0.0.1:9/api/v3.1", _store, settings: ("Weft:Composio:CatalogTtl", "00:00:00.001"));

        var actions = await offline.Get<ComposioCatalog>().GetAsync("shopify", offline.Deadline);

        Assert.True(actions.Stale);
        Assert.True(actions.Actions.ContainsKey("get_order"));
        Assert.Contains(offline.Logs.Lines, l => l.Contains("2301"));
    }

    [Fact]
    public async Task Batch_StopsAfterAFailure_WhenAskedTo()
    {
        var batch = new BatchRequest
        {
            UserId = "cust_789",
            StopOnError = true,
            Actions =
            [
                new DirectCall { Tool = "shopify.get_order", Params = new JsonObject { ["order_id"] = "12345" } },
                new DirectCall { Tool = "shopify.get_order", Params = new JsonObject { ["order_id"] = "nope" } },
                new DirectCall { Tool = "shopify.get_order", Params = new JsonObject { ["order_id"] = "12347" } },
            ],
        };

        var outcome = await _bench.Get<DirectToolCalls>().ExecuteAsync(batch, _bench.Deadline);

        Assert.Equal([true, false, false], outcome.Results.Select(r => r.Success));
        Assert.True(outcome.Results[2].Skipped);
        Assert.Equal((3, 1, 2), (outcome.TotalActions, outcome.SuccessfulActions, outcome.FailedActions));
    }

    [Fact]
    public async Task DirectCall_WithAKey_IsMadeOnce()
    {
        var calls = _bench.Get<DirectToolCalls>();
        var call = new DirectCall { Tool = "gmail.send_email", EntityId = "agent_1", IdempotencyKey = "k1",
            Params = new JsonObject { ["recipient_email"] = "a@example.com", ["subject"] = "s", ["body"] = "b" } };

        var first = await calls.ExecuteAsync(call, _bench.Deadline);
        var second = await calls.ExecuteAsync(call, _bench.Deadline);

        Assert.True(first.Success);
        Assert.True(second.Replayed);
        Assert.Equal(first.Result!.ToJsonString(), second.Result!.ToJsonString());
    }

    [Fact]
    public async Task Usage_IsCountedByActionAndEntity()
    {
        await _bench.SucceedAsync(Call("shopify.get_order", """{"order_id":"12345"}""", callId: "1", entity: "cust_789"));
        await _bench.FailAsync(Call("shopify.get_order", """{"order_id":"nope"}""", callId: "2", entity: "cust_789"));

        var actions = await _bench.Get<ToolAnalytics>().ActionsAsync(TimeSpan.FromHours(1), _bench.Deadline);
        var mine = await _bench.Get<ToolAnalytics>().ExecutionsAsync("cust_789", TimeSpan.FromHours(1), _bench.Deadline);

        Assert.Equal(
            ("shopify", "get_order", 2, 0.5), (actions[0].AppName, actions[0].ActionName, actions[0].Executions, actions[0].SuccessRate));
        Assert.Equal((2, 1, "shopify"), (mine.TotalExecutions, mine.SuccessfulExecutions, mine.MostUsedApp));
        Assert.Equal(1, actions[0].Failures["provider_error"]);
    }

    [Fact]
    public async Task Selection_PicksTheToolThatFitsTheIntent()
    {
        foreach (var app in new[] { "gmail", "slack", "shopify" })
        {
            await _bench.Get<ComposioCatalog>().GetAsync(app, _bench.Deadline);
        }

        var selector = _bench.Get<ToolSelector>();
        var selection =
            await selector.SelectAsync(new ToolSelectionRequest { UserIntent = "Send an email to the customer" }, _bench.Deadline);
        var limited = await selector.SelectAsync(
            new ToolSelectionRequest { UserIntent = "Send a message to the team", Tools = ["slack.*"] }, _bench.Deadline);
        var apps = await selector.SuggestAppsAsync("track the order's shipment", null, 3, _bench.Deadline);

        Assert.Equal("gmail.send_email", selection.SelectedTool);
        Assert.Equal(2, selection.AlternativeTools.Count);
        Assert.Equal("slack.send_message", limited.SelectedTool);
        Assert.Equal("shopify", apps[0].App);
    }

    [Fact]
    public async Task Connection_IsMadeCheckedAndTakenBack()
    {
        var connections = _bench.Get<ComposioConnections>();

        var start = await connections.ConnectAsync("gmail", "agent_7", "https://app.example.com/done?t=7", null, _bench.Deadline);
        var before = await connections.RefreshAsync(start.ConnectionId, _bench.Deadline);
        using (var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }))
        {
            var answer = await browser.GetAsync(start.AuthorizationUrl + "?decision=approve", _bench.Deadline);
            Assert.Contains("status=success", answer.Headers.Location!.Query);
        }

        var after = await connections.CompleteAsync(start.ConnectionId, _bench.Deadline);
        var listed = await connections.ListAsync("agent_7", _bench.Deadline);
        var refreshed = await connections.RefreshAsync(start.ConnectionId, _bench.Deadline);
        var gone = await connections.DeleteAsync(start.ConnectionId, _bench.Deadline);

        Assert.Equal(ConnectionStatus.Pending, before.Status);
        Assert.Equal(ConnectionStatus.Connected, after.Status);
        Assert.Contains(listed, c => c.ConnectionId == start.ConnectionId && c.Status == ConnectionStatus.Connected);
        Assert.Equal(ConnectionStatus.Connected, refreshed.Status);
        Assert.Equal(ConnectionStatus.Revoked, gone.Status);
    }

    [Fact]
    public async Task Connection_ThatWasNeverStarted_IsNotCompleted()
    {
        var exception =
            await Assert.ThrowsAsync<WeftException>(() => _bench.Get<ComposioConnections>().CompleteAsync("ca_unknown", _bench.Deadline));

        Assert.Equal("connection_not_found", exception.Code);
    }

    private const string Return = """{"order_id":"12345","reason":"DEFECTIVE"}""";

    private ToolBench Bench(params (string Key, string Value)[] settings) => new(
        _sandbox.EnvironmentVariables["COMPOSIO_BASE_URL"],
        _store,
        null,
        [("COMPOSIO_API_KEY", _sandbox.EnvironmentVariables["COMPOSIO_API_KEY"]), .. settings]);
}
