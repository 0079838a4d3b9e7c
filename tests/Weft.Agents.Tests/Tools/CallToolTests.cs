using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Weft.Agents.Tools.Records;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using static Weft.Agents.Tests.Tools.ToolBench;

namespace Weft.Agents.Tests.Tools;

public sealed class CallToolTests : IAsyncLifetime
{
    private ComposioServer _server = null!;
    private ToolBench _bench = null!;

    public async Task InitializeAsync()
    {
        _server = await ComposioServer.StartAsync();
        _bench = new ToolBench(_server.BaseUrl);
    }

    public async Task DisposeAsync()
    {
        await _bench.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Call_OfAnAction_SendsSlugAccountVersionAndKey()
    {
        var outcome = await _bench.SucceedAsync(Call("shopify.get_order"));

        var asked = Assert.Single(_server.Executions);
        Assert.Equal("/tools/execute/SHOPIFY_GET_ORDER", asked.Path);
        Assert.Equal("""{"arguments":{"order_id":"1001"},"user_id":"cust-1","connected_account_id":"ca_1","version":"20260916_00"}""",
            asked.Body!.ToJsonString());
        Assert.Equal(Key, asked.Headers["x-api-key"]);
        Assert.Equal(32, asked.Headers["idempotency-key"].Length);
        Assert.Equal("SHOPIFY_GET_ORDER", (string?)outcome.Output!["slug"]);
    }

    [Fact]
    public async Task Call_DeliveredAgainAfterItsResult_AnswersTheRecordAndSendsNothing()
    {
        await _bench.SucceedAsync(Call("shopify.create_return"));

        var again = await _bench.SucceedAsync(Call("shopify.create_return"));

        Assert.True(again.Replayed);
        Assert.Equal("SHOPIFY_CREATE_RETURN", (string?)again.Output!["slug"]);
        Assert.Single(_server.Executions);
    }

    [Fact]
    public async Task Call_WithAnUnknownParameterType_IsMendedWhereTheMeaningIsPlain()
    {
        await _bench.SucceedAsync(Call("shopify.create_return", """{"order_id":1001,"quantity":"2"}"""));

        Assert.Equal("""{"order_id":"1001","quantity":2}""", _server.Executions[0].Body!["arguments"]!.ToJsonString());
    }

    [Fact]
    public async Task Call_WithoutARequiredParameter_IsRefusedBeforeAnythingIsSent()
    {
        var failure = await _bench.FailAsync(Call("shopify.create_return", """{"quantity":0}"""));

        Assert.Equal("invalid_arguments", failure.Kind);
        Assert.Contains("'order_id'", failure.Message);
        Assert.Contains("'quantity'", failure.Message);
        Assert.Empty(_server.Executions);
    }

    [Fact]
    public async Task Call_WithoutAnEntity_SaysWhatToSet()
    {
        var failure = await _bench.FailAsync(Call("shopify.get_order", entity: null));

        Assert.Equal("not_connected", failure.Kind);
        Assert.Contains("entity_id_source", failure.Message);
        Assert.Empty(_server.Executions);
    }

    [Fact]
    public async Task Call_OfAnUnknownAction_OffersTheNearestName()
    {
        var failure = await _bench.FailAsync(Call("shopify.get_ordr"));

        Assert.Equal("unknown_tool", failure.Kind);
        Assert.Contains("Did you mean 'get_order'?", failure.Message);
    }

    [Fact]
    public async Task Call_ByAnOldName_FindsTheRenamedAction()
    {
        _server.Accounts.Add(ComposioServer.Account("ca_3", "github", "cust-1"));

        await _bench.SucceedAsync(Call("github.create_issue", """{"title":"x"}"""));

        Assert.Equal("/tools/execute/GITHUB_CREATE_AN_ISSUE", Assert.Single(_server.Executions).Path);
    }

    [Fact]
    public async Task Call_ForAnEntityWithoutAccount_SaysHowToConnect()
    {
        var failure = await _bench.FailAsync(Call("shopify.get_order", entity: "stranger"));

        Assert.Equal("not_connected", failure.Kind);
        Assert.Contains("connect/shopify?entity_id=stranger", failure.Message);
        Assert.Empty(_server.Executions);
    }

    [Fact]
    public async Task Call_ThatTheProviderRefuses_IsAProviderErrorAndIsNotRepeated()
    {
        _server.OnExecute = (_, _, _) => Task.FromResult<JsonNode?>(ComposioServer.Refusal("404: order not found"));

        var failure = await _bench.FailAsync(Call("shopify.get_order"));

        Assert.Equal("provider_error", failure.Kind);
        Assert.Contains("order not found", failure.Message);
        Assert.False(failure.Retryable);
        Assert.Single(_server.Executions);
    }

    [Theory]
    [InlineData("shopify.get_order")]
    [InlineData("shopify.update_order")]
    public async Task Call_ThatMayBeRepeated_SurvivesAGatewayFault(string tool)
    {
        var times = 0;
        _server.OnExecute = async (slug, _, context) =>
        {
            if (Interlocked.Increment(ref times) == 1)
            {
                context.Response.StatusCode = 503;
                await context.Response.WriteAsync("<html>down</html>");
                return null;
            }

            return ComposioServer.Answer("done");
        };

        await _bench.SucceedAsync(Call(tool));

        Assert.Equal(2, _server.Executions.Count);
        Assert.Single(_server.Executions.Select(e => e.Headers["idempotency-key"]).Distinct());
    }

    [Fact]
    public async Task Write_WhoseAnswerIsLost_HasAnUnknownOutcomeAndIsNotRepeated()
    {
        _server.OnExecute = async (_, _, context) =>
        {
            await ComposioServer.DropAsync(context);
            return null;
        };

        var failure = await _bench.FailAsync(Call("shopify.create_return"));

        Assert.Equal("unknown_outcome", failure.Kind);
        Assert.Contains("shopify.create_return", failure.Message);
        Assert.Contains("Check in 'shopify' for entity 'cust-1'", failure.Message);
        Assert.False((bool)failure.Details!["ask"]!);
        Assert.Single(_server.Executions);
        Assert.Equal(ToolCallStatus.Started, Assert.Single(await _bench.Records.ListAsync("exec-1", _bench.Deadline)).Status);
    }

    [Fact]
    public async Task Write_ThatIsTurnedAwayWith429_IsMadeAgainAfterTheWait()
    {
        var times = 0;
        _server.OnExecute = async (_, _, context) =>
        {
            if (Interlocked.Increment(ref times) == 1)
            {
                context.Response.StatusCode = 429;
                context.Response.Headers.RetryAfter = "0";
                await context.Response.WriteAsync("""{"message":"Rate limit exceeded"}""");
                return null;
            }

            return ComposioServer.Answer("done");
        };

        await _bench.SucceedAsync(Call("shopify.create_return"));

        Assert.Equal(2, _server.Executions.Count);
    }

    [Fact]
    public async Task Write_ThatIsTurnedAwayForLong_TellsTheWaitInsteadOfSittingItOut()
    {
        _server.OnExecute = async (_, _, context) =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "120";
            await context.Response.WriteAsync("""{"message":"Rate limit exceeded"}""");
            return null;
        };

        var failure = await _bench.FailAsync(Call("shopify.create_return"));

        Assert.Equal("rate_limited", failure.Kind);
        Assert.True(failure.Retryable);
        Assert.InRange(failure.RetryAfterMs!.Value, 119_000, 120_000);
        Assert.Single(_server.Executions);
    }

    [Fact]
    public async Task Call_ThatIsTooSlow_TimesOut()
    {
        var hold = new TaskCompletionSource();
        _server.OnExecute = async (_, _, context) =>
        {
            await hold.Task.WaitAsync(context.RequestAborted);
            return null;
        };

        var failure = await _bench.FailAsync(Call("shopify.create_return", timeout: TimeSpan.FromMilliseconds(150)));

        Assert.Equal("unknown_outcome", failure.Kind);
        Assert.Equal("timeout", (string?)failure.Details!["cause"]!["kind"]);
        hold.SetResult();
    }

    [Fact]
    public async Task Call_WhoseServerIsNotThere_FailsAsNetworkAndMayBeMadeAgain()
    {
        await _bench.SucceedAsync(Call("shopify.get_order"));
        await _server.DisposeAsync();

        var failure = await _bench.FailAsync(Call("shopify.create_return", callId: "n/2"));

        Assert.Equal("network", failure.Kind);
        Assert.True(failure.Retryable);
    }

    [Fact]
    public async Task CallId_UsedForAnotherCall_IsAnError()
    {
        await _bench.SucceedAsync(Call("shopify.create_return"));

        var exception = await Assert.ThrowsAsync<ActivityException>(() => _bench.RunAsync(Call("gmail.send_email", "{}")));

        Assert.Equal("tool_call_id_reused", exception.Code);
    }

    [Fact]
    public async Task Action_ThatWasRenamedMeanwhile_IsFoundAgain()
    {
        await _bench.SucceedAsync(Call("shopify.get_order", callId: "n/1"));
        _server.Tools.RemoveAll(t => (string?)t["slug"] == "SHOPIFY_GET_ORDER");
        _server.Tools.Add(
            ComposioServer.Tool(
                "SHOPIFY_GET_ORDERSBY_ID", "shopify", "Get order", "readOnlyHint", """{"order_id":{"type":"string"}}""", "order_id"));
        _server.OnExecute = async (slug, _, context) =>
        {
            if (slug == "SHOPIFY_GET_ORDERSBY_ID")
            {
                return ComposioServer.Answer("found");
            }

            context.Response.StatusCode = 404;
            await context.Response.WriteAsync("""{"error":{"message":"Tool SHOPIFY_GET_ORDER not found","slug":"Tool_ToolNotFound"}}""");
            return null;
        };

        Assert.Equal("found", (string?)(await _bench.SucceedAsync(Call("shopify.get_order", callId: "n/2"))).Output);
    }

    [Fact]
    public async Task LargeAnswer_IsOffloaded()
    {
        _server.OnExecute = (_, _, _) => Task.FromResult<JsonNode?>(ComposioServer.Answer(new string('x', 50_000)));

        var outcome = await _bench.SucceedAsync(Call("shopify.get_order"));

        Assert.NotNull(PayloadReference.HashOf(outcome.Output));
    }

    [Fact]
    public async Task Failures_HoldNoKey()
    {
        _server.OnExecute = async (_, asked, context) =>
        {
            context.Response.StatusCode = 401;
            await context.Response.WriteAsync(
                new JsonObject { ["error"] =
                    new JsonObject { ["message"] = $"Invalid API key {asked.Headers["x-api-key"]}", ["code"] = 10 } }.ToJsonString());
            return null;
        };

        var failure = await _bench.FailAsync(Call("shopify.get_order"));

        Assert.Equal("unavailable", failure.Kind);
        Assert.Contains("COMPOSIO_API_KEY", failure.Message);
        Assert.DoesNotContain(Key, failure.Message + failure.Details);
        Assert.DoesNotContain(_bench.Logs.Lines, l => l.Contains(Key));
    }

    [Fact]
    public async Task FiftyCalls_AtOnce_AllAnswerTheirOwn()
    {
        var calls = Enumerable.Range(0, 50).Select(
            i => _bench.SucceedAsync(Call("shopify.create_return", $$"""{"order_id":"{{i}}"}""", callId: $"n/{i}")));

        var outcomes = await Task.WhenAll(calls);

        Assert.Equal(Enumerable.Range(0, 50).Select(i => i.ToString()), outcomes.Select(o => (string?)o.Output!["arguments"]!["order_id"]));
        Assert.Equal(50, _server.Executions.Count);
        Assert.Equal(50, (await _bench.Records.ListAsync("exec-1", _bench.Deadline)).Count(r => r.Status == ToolCallStatus.Succeeded));
    }
}
