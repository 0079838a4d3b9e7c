using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Weft.Agents.Models.Budgets;
using Weft.Agents.Storage;
using Weft.Agents.Tests.Storage;
using Weft.Embedded;
using Weft.Language.Definitions;
using Weft.Sandbox.Faults;
using Weft.Sandbox.Script;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Tests.Models;

public sealed class BudgetTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FiftyCallsAtOnce_NeverSpendMoreThanTheBudget(bool sqlite)
    {
        await using var embedded = sqlite ? await TemporaryRecords.OpenAsync() : null;
        await using var bench = await ModelBench.OnSandboxAsync(new BenchSettings { Store = embedded?.Store });
        bench.Sandbox!.Script.Set(new ScriptRule { Reply = new ScriptReply { Text = new string('r', 4000) } });
        var controls = new CostControls { DailyBudget = 0.5, MaxCostPerConversation = 1 };

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
            bench.CallAsync(ModelBench.Call("gpt-4", callId: $"c{i}") with { CostControls = controls, MaxTokens = 2000 })));

        var spent = outcomes.OfType<ModelOutcome.Replied>().Sum(r => (decimal)r.CostUsd!.Value);
        var refused = outcomes.OfType<ModelOutcome.Failed>().Select(f => f.Failure).ToList();
        var budgets = await bench.Get<BudgetLedger>().ReadAsync(ModelBench.Scope, controls, bench.Deadline);
        Assert.InRange(spent, 0.06m, 0.5m);
        Assert.NotEmpty(refused);
        Assert.All(refused, f => Assert.Equal(("budget_exceeded", true), (f.Kind, f.MayTryOther)));
        Assert.Equal(spent, budgets.Single(b => b.Kind == "day").SpentUsd, 9);
        Assert.All(budgets, b => Assert.Equal(0, b.ReservedUsd));
    }

    [Fact]
    public async Task Refusal_NamesLimitSpentAndScope()
    {
        await using var bench = await ModelBench.OnSandboxAsync();
        bench.Sandbox!.Script.Set(new ScriptRule { Reply = new ScriptReply { Text = new string('r', 2000) } });
        var controls = new CostControls { MaxCostPerConversation = 0.034 };
        var first = await bench.ReplyAsync(ModelBench.Call("gpt-4") with { CostControls = controls });

        var refused = await bench.FailureAsync(ModelBench.Call("gpt-4", callId: "2") with { CostControls = controls });

        Assert.Contains("of the $0.034 for conversation 'conv-1' of workflow 'support'", refused.Message, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"${first.CostUsd:0.######} are spent"), refused.Message, StringComparison.Ordinal);
        Assert.Contains("Raise cost_controls.max_cost_per_conversation", refused.Message, StringComparison.Ordinal);
        Assert.False(refused.Transient);
    }

    [Fact]
    public async Task Routing_UnderATightBudget_FallsBackToACheaperModel()
    {
        await using var bench = await ModelBench.OnSandboxAsync();
        var request = new RouteModelRequest
        {
            Scope = ModelBench.Scope,
            Profile = "powerful",
            EstimatedTokens = 1000,
            CostControls = new CostControls { MaxCostPerConversation = 0.015 },
        };

        var decision = await bench.RouteAsync(request);

        Assert.Equal(["claude-3-sonnet"], decision.Ranked.Select(r => r.Name));
        Assert.Contains("left of $0.015 for conversation 'conv-1'", decision.Rejected[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reply_IsCutToWhatTheBudgetBuys()
    {
        await using var bench = await ModelBench.OnSandboxAsync();
        bench.Sandbox!.Script.Set(new ScriptRule { Reply = new ScriptReply { Text = new string('r', 12_000) } });

        var controls = new CostControls { MaxCostPerExecution = 0.03 };
        var reply = await bench.ReplyAsync(ModelBench.Call("gpt-4") with { CostControls = controls });

        Assert.Equal("length", reply.FinishReason);
        Assert.InRange(reply.CostUsd!.Value, 0.02, 0.03);
    }

    [Fact]
    public async Task CallLimit_IsKeptWithoutABudget()
    {
        await using var bench = await ModelBench.OnSandboxAsync();

        var call = ModelBench.Call("gpt-4", new string('x', 8000)) with { CostControls = new CostControls { MaxCostPerCall = 0.01 } };
        var refused = await bench.FailureAsync(call);

        Assert.Equal(("budget_exceeded", false), (refused.Kind, refused.Transient));
        Assert.Contains("one call may cost $0.01", refused.Message, StringComparison.Ordinal);
        Assert.Empty(bench.Sandbox!.Log.Entries);
    }

    [Fact]
    public async Task FailedCall_GivesItsReservationBack()
    {
        await using var bench = await ModelBench.OnSandboxAsync();
        bench.Sandbox!.Faults.Set(new FaultRule { Kind = FaultKind.ServerError });
        var controls = new CostControls { DailyBudget = 1 };
        await bench.FailureAsync(ModelBench.Call("gpt-4") with { CostControls = controls });

        var budget = Assert.Single(await bench.Get<BudgetLedger>().ReadAsync(ModelBench.Scope, controls, bench.Deadline));

        Assert.Equal((0m, 0m, 1m), (budget.SpentUsd, budget.ReservedUsd, budget.RemainingUsd));
    }

    [Fact]
    public async Task CancelledCall_CountsItsPromptAsSpent()
    {
        await using var bench = await ModelBench.OnSandboxAsync();
        bench.Sandbox!.Faults.Set(new FaultRule { Kind = FaultKind.Hang });
        var controls = new CostControls { DailyBudget = 1 };
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(bench.Deadline);
        var calling = bench.CallAsync(ModelBench.Call("gpt-4") with { CostControls = controls }, cancel.Token);
        await bench.Sandbox.Log.WaitForAsync(e => e.Status == 0, bench.Deadline);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => calling);

        var budget = Assert.Single(await bench.Get<BudgetLedger>().ReadAsync(ModelBench.Scope, controls, bench.Deadline));

        Assert.InRange(budget.SpentUsd, 0.0001m, 0.01m);
        Assert.Equal(0, budget.ReservedUsd);
    }

    [Fact]
    public async Task Threshold_RaisesOneAlert()
    {
        await using var bench = await ModelBench.OnSandboxAsync();
        bench.Sandbox!.Script.Set(new ScriptRule { Reply = new ScriptReply { Text = new string('r', 400) } });
        var controls = new CostControls { DailyBudget = 1, AlertThreshold = 0.012 };
        for (var i = 0; i < 4; i++)
        {
            await bench.ReplyAsync(ModelBench.Call("gpt-4", callId: $"{i}") with { CostControls = controls });
        }

        await bench.UntilAsync(() => Alerts().Count > 0);

        Assert.Contains("0.012", Assert.Single(Alerts()), StringComparison.Ordinal);

        List<string> Alerts() => [.. bench.Logs.Lines.Where(l => l.StartsWith("Warning 2106", StringComparison.Ordinal))];
    }

    [Fact]
    public async Task Day_EndsAtMidnightUtc()
    {
        var time = new ManualTime();
        await using var bench = await ModelBench.OnSandboxAsync(new BenchSettings { Time = time });
        var controls = new CostControls { DailyBudget = 1, MonthlyBudget = 10 };
        var reply = await bench.ReplyAsync(ModelBench.Call("gpt-4") with { CostControls = controls });

        time.Advance(TimeSpan.FromHours(12));

        var budgets = (await bench.Get<BudgetLedger>().ReadAsync(ModelBench.Scope, controls, bench.Deadline)).ToDictionary(b => b.Kind);
        Assert.Equal((0m, "20261121"), (budgets["day"].SpentUsd, budgets["day"].Id));
        Assert.Equal((decimal)reply.CostUsd!.Value, budgets["month"].SpentUsd);
    }

    [Fact]
    public async Task HostBudget_HoldsForAllWorkflows()
    {
        await using var bench = await ModelBench.OnSandboxAsync(BenchSettings.With("Weft:Models:DailyBudget", "0.000001"));

        var refused = await bench.FailureAsync(ModelBench.Call("gpt-4"));

        Assert.Contains("for all workflows on ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Raise Weft:Models:DailyBudget", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ShowsTheBudgetsOfTodayAndThisMonth()
    {
        await using var bench = await ModelBench.OnSandboxAsync();
        var controls = new CostControls { DailyBudget = 1, MonthlyBudget = 10, MaxCostPerConversation = 1 };
        await bench.ReplyAsync(ModelBench.Call("gpt-4") with { CostControls = controls });

        var budgets = await bench.Get<BudgetLedger>().ListAsync(bench.Deadline);

        Assert.Equal([("day", "support", 1m), ("month", "support", 10m)], budgets.Select(b => (b.Kind, b.Owner, b.LimitUsd)));
    }

    [Fact]
    public async Task Hold_OfAProcessThatDied_CountsAsSpentOnceItLapses()
    {
        var time = new ManualTime();
        await using var bench = await ModelBench.OnSandboxAsync(new BenchSettings { Time = time });
        var ledger = bench.Get<BudgetLedger>();
        var scope = new BudgetScope("execution", "w", "e", 1, 0.8);
        var reservation = await ledger.ReserveAsync([scope], 0.1m, 0.3m, TimeSpan.FromMinutes(2), bench.Deadline);

        var held = (await ledger.ReadAsync([scope], bench.Deadline))[0];
        time.Advance(TimeSpan.FromMinutes(6));
        var lapsed = (await ledger.ReadAsync([scope], bench.Deadline))[0];
        await ledger.ReserveAsync([scope], 0.1m, 0.1m, TimeSpan.FromMinutes(2), bench.Deadline);
        await ledger.SettleAsync(reservation, 0.05m);
        var settledLate = (await ledger.ReadAsync([scope], bench.Deadline))[0];

        Assert.Equal((0m, 0.3m), (held.SpentUsd, held.ReservedUsd));
        Assert.Equal((0.3m, 0m), (lapsed.SpentUsd, lapsed.ReservedUsd));
        Assert.Equal((0.05m, 0.1m), (settledLate.SpentUsd, settledLate.ReservedUsd));
    }

    [Fact]
    public async Task TwoProcesses_OnOneBudget_NeverSpendMore()
    {
        var store = new MemoryRecordStore();
        await using var one = await ModelBench.OnSandboxAsync(new BenchSettings { Store = store });
        await using var other = ModelBench.Without(new BenchSettings { Store = store });
        var scope = new BudgetScope("execution", "w", "e", 1, 0.8);
        BudgetLedger[] ledgers = [one.Get<BudgetLedger>(), other.Get<BudgetLedger>()];

        var reservations = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(
            () => ledgers[i % 2].ReserveAsync([scope], 0.03m, 0.03m, TimeSpan.FromMinutes(2), one.Deadline), one.Deadline)));

        Assert.Equal(33, reservations.Count(r => r.Refusal is null));
        Assert.Equal(0.99m, (await ledgers[0].ReadAsync([scope], one.Deadline))[0].ReservedUsd);
    }

    private sealed class TemporaryRecords(ServiceProvider services, string folder) : IAsyncDisposable
    {
        public IRecordStore Store => services.GetRequiredService<IRecordStore>();

        public static Task<TemporaryRecords> OpenAsync()
        {
            var folder = Directory.CreateTempSubdirectory("weft-budgets").FullName;
            var services = new ServiceCollection()
                .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
                .AddLogging()
                .AddEmbeddedEngine(o => o.DataFolder = folder);
            return Task.FromResult(new TemporaryRecords(services.BuildServiceProvider(), folder));
        }

        public async ValueTask DisposeAsync()
        {
            await services.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }
}
