using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Weft.Agents.Storage;
using Weft.Agents.Tests.Storage;
using Weft.Agents.Tools.Records;
using Weft.Language.Definitions;
using static Weft.Agents.Tests.Tools.ToolBench;

namespace Weft.Agents.Tests.Tools;

/// <summary>A process dies between the intent and the result; another one gets the call delivered again.</summary>
public sealed class RedeliveryTests : IAsyncLifetime
{
    private readonly MemoryRecordStore _store = new();
    private ComposioServer _server = null!;

    public async Task InitializeAsync() => _server = await ComposioServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Write_WithAnIntentAndPolicyFail_FailsAndNamesWhatToCheck()
    {
        await DieBetweenIntentAndResultAsync("shopify.create_return");
        await using var next = new ToolBench(_server.BaseUrl, _store);

        var failure = await next.FailAsync(Call("shopify.create_return"));

        Assert.Equal("unknown_outcome", failure.Kind);
        Assert.False(failure.Retryable);
        Assert.Contains("call n/1", failure.Message);
        Assert.False((bool)failure.Details!["ask"]!);
        Assert.Single(_server.Executions);
    }

    [Fact]
    public async Task Write_WithAnIntentAndPolicyAsk_AsksAndLeavesTheDecisionOpen()
    {
        await DieBetweenIntentAndResultAsync("shopify.create_return");
        await using var next = new ToolBench(_server.BaseUrl, _store);

        var failure = await next.FailAsync(Call("shopify.create_return", policy: UnknownOutcomePolicy.Ask));
        var decided = await next.SucceedAsync(Call("shopify.create_return", policy: UnknownOutcomePolicy.Retry));

        Assert.True((bool)failure.Details!["ask"]!);
        Assert.False(decided.Replayed);
        Assert.Equal(2, _server.Executions.Count);
    }

    [Fact]
    public async Task Write_WithAnIntentAndPolicyRetry_IsMadeAgainWithTheSameIdempotencyKey()
    {
        await DieBetweenIntentAndResultAsync("shopify.create_return");
        await using var next = new ToolBench(_server.BaseUrl, _store);

        await next.SucceedAsync(Call("shopify.create_return", policy: UnknownOutcomePolicy.Retry));

        Assert.Equal(2, _server.Executions.Count);
        Assert.Single(_server.Executions.Select(e => e.Headers["idempotency-key"]).Distinct());
        Assert.Equal(2, Assert.Single(await next.Records.ListAsync("exec-1", next.Deadline)).Attempt);
    }

    [Fact]
    public async Task IdempotentAction_WithAnIntent_RunsAgain()
    {
        await DieBetweenIntentAndResultAsync("shopify.update_order");
        await using var next = new ToolBench(_server.BaseUrl, _store);

        await next.SucceedAsync(Call("shopify.update_order"));

        Assert.Equal(2, _server.Executions.Count);
    }

    [Fact]
    public async Task ReadOnlyAction_ThatDied_LeavesNoIntentAndRunsAgain()
    {
        await DieBetweenIntentAndResultAsync("shopify.get_order");
        await using var next = new ToolBench(_server.BaseUrl, _store);
        Assert.Empty(await next.Records.ListAsync("exec-1", next.Deadline));

        await next.SucceedAsync(Call("shopify.get_order"));

        Assert.Equal(2, _server.Executions.Count);
    }

    [Fact]
    public async Task Result_OfAnotherProcess_IsAnsweredEvenWhenComposioIsGone()
    {
        await using (var first = new ToolBench(_server.BaseUrl, _store))
        {
            await first.SucceedAsync(Call("shopify.create_return"));
        }

        await using var next = new ToolBench("http://127.0.0.1:9/api/v3.1", _store);

        Assert.True((await next.SucceedAsync(Call("shopify.create_return"))).Replayed);
    }

    [Fact]
    public async Task ARefusal_IsRecorded_AndAnsweredAgainWithoutACall()
    {
        _server.OnExecute = (_, _, _) => Task.FromResult<JsonNode?>(ComposioServer.Refusal("400: order is closed"));
        await using (var first = new ToolBench(_server.BaseUrl, _store))
        {
            await first.FailAsync(Call("shopify.create_return"));
        }

        await using var next = new ToolBench(_server.BaseUrl, _store);
        var failure = await next.FailAsync(Call("shopify.create_return"));

        Assert.Equal("provider_error", failure.Kind);
        Assert.Single(_server.Executions);
    }

    [Fact]
    public async Task SharedWorkers_WaitForTheProcessThatMakesTheCall()
    {
        var hold = new TaskCompletionSource();
        var arrived = new TaskCompletionSource();
        _server.OnExecute = async (slug, _, _) =>
        {
            arrived.TrySetResult();
            await hold.Task;
            return ComposioServer.Answer(slug);
        };
        await using var one = new ToolBench(_server.BaseUrl, _store, settings: ("Weft:Tools:SharedWorkers", "true"));
        await using var two = new ToolBench(_server.BaseUrl, _store, settings: ("Weft:Tools:SharedWorkers", "true"));
        var first = one.SucceedAsync(Call("shopify.create_return"));
        await arrived.Task.WaitAsync(one.Deadline);

        var second = two.SucceedAsync(Call("shopify.create_return"));
        hold.SetResult();

        Assert.False((await first).Replayed);
        Assert.True((await second).Replayed);
        Assert.Single(_server.Executions);
    }

    [Fact]
    public async Task SharedWorkers_WaitForACallNoLongerThanItTakesToCountAsLost()
    {
        var hold = new TaskCompletionSource();
        var arrived = new TaskCompletionSource();
        _server.OnExecute = async (slug, _, _) =>
        {
            arrived.TrySetResult();
            await hold.Task;
            return ComposioServer.Answer(slug);
        };
        (string, string)[] settings = [("Weft:Tools:SharedWorkers", "true"), ("Weft:Tools:LostAfter", "00:00:01")];
        await using var silent = new ToolBench(_server.BaseUrl, _store, settings: settings);
        await using var other = new ToolBench(_server.BaseUrl, _store, settings: settings);
        var first = silent.SucceedAsync(Call("shopify.create_return"));
        await arrived.Task.WaitAsync(silent.Deadline);

        var failure = await other.FailAsync(Call("shopify.create_return"));

        Assert.Equal("unknown_outcome", failure.Kind);
        Assert.Single(_server.Executions);
        hold.SetResult();
        await first;
    }

    [Fact]
    public async Task Process_ThatDiesWhileItLooksForTheAccount_LeavesNoIntent()
    {
        var arrived = new TaskCompletionSource();
        var hold = new TaskCompletionSource();
        _server.Before = async (asked, context) =>
        {
            if (asked.Path != "/connected_accounts")
            {
                return false;
            }

            arrived.TrySetResult();
            await hold.Task.WaitAsync(context.RequestAborted);
            return false;
        };
        await using (var dying = new ToolBench(_server.BaseUrl, _store))
        {
            using var death = new CancellationTokenSource();
            var call = dying.RunAsync(Call("shopify.create_return"), death.Token);
            await arrived.Task.WaitAsync(dying.Deadline);
            await death.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        }

        hold.SetResult();
        await using var next = new ToolBench(_server.BaseUrl, _store);

        Assert.False((await next.SucceedAsync(Call("shopify.create_return"))).Replayed);
        Assert.Single(_server.Executions);
    }

    [Fact]
    public async Task Doubt_OfOneAttempt_IsNotLostWhenTheNextIsTurnedAway()
    {
        var times = 0;
        _server.OnExecute = async (_, _, context) =>
        {
            context.Response.StatusCode = Interlocked.Increment(ref times) == 1 ? 503 : 401;
            await context.Response.WriteAsync("{}");
            return null;
        };
        await using var bench = new ToolBench(_server.BaseUrl, _store);

        var failure = await bench.FailAsync(Call("shopify.create_return", policy: UnknownOutcomePolicy.Retry));

        Assert.Equal("unknown_outcome", failure.Kind);
        Assert.Equal(ToolCallStatus.Started, Assert.Single(await bench.Records.ListAsync("exec-1", bench.Deadline)).Status);
    }

    [Fact]
    public async Task TwoDeliveries_InOneProcess_MakeOneCall()
    {
        await using var bench = new ToolBench(_server.BaseUrl, _store);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => bench.SucceedAsync(Call("shopify.create_return"))));

        Assert.Single(_server.Executions);
        Assert.Equal(9, outcomes.Count(o => o.Replayed));
    }

    [Fact]
    public async Task CancelledWrite_ThatIsAnsweredInTime_IsRecorded()
    {
        var hold = new TaskCompletionSource();
        var arrived = new TaskCompletionSource();
        _server.OnExecute = async (slug, _, _) =>
        {
            arrived.TrySetResult();
            await hold.Task;
            return ComposioServer.Answer(slug);
        };
        await using var bench = new ToolBench(_server.BaseUrl, _store, settings: ("Weft:Tools:DrainTime", "00:00:10"));
        using var cancel = new CancellationTokenSource();
        var running = bench.RunAsync(Call("shopify.create_return"), cancel.Token);
        await arrived.Task.WaitAsync(bench.Deadline);

        await cancel.CancelAsync();
        hold.SetResult();
        await running;

        Assert.True((await bench.SucceedAsync(Call("shopify.create_return"))).Replayed);
    }

    /// <summary>Cancels a call after it has reached the server and before it is answered: what a dying process leaves behind.</summary>
    private async Task DieBetweenIntentAndResultAsync(string tool)
    {
        var arrived = new TaskCompletionSource();
        var hold = new TaskCompletionSource();
        var normal = _server.OnExecute;
        _server.OnExecute = async (_, _, context) =>
        {
            arrived.TrySetResult();
            await hold.Task.WaitAsync(context.RequestAborted);
            return null;
        };
        await using var dying = new ToolBench(_server.BaseUrl, _store, settings: ("Weft:Tools:DrainTime", "00:00:00"));
        using var death = new CancellationTokenSource();
        var call = dying.RunAsync(Call(tool), death.Token);
        await arrived.Task.WaitAsync(dying.Deadline);
        await death.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        hold.TrySetResult();
        _server.OnExecute = normal;
    }
}
