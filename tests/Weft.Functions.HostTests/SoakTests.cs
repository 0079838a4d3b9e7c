using System.Globalization;
using System.Text.Json.Nodes;
using Weft.EndToEnd.Harness;
using Weft.Functions.HostTests.Harness;
using Weft.Sandbox.Faults;
using Weft.Workflows.Contracts;
using static Weft.EndToEnd.Harness.Texts;

namespace Weft.Functions.HostTests;

/// <summary>Workers die over and over under refunds, mails and approvals: nothing is lost, nothing hangs, nothing happens twice.</summary>
[Collection(EmulatorCollection.Name)]
public sealed class SoakTests(HostFixture fixture) : IClassFixture<HostFixture>, IDisposable
{
    private const int AtOnce = 40;

    // A call that is lost five times is given up, and one call may meet every death of its round.
    private const int KillsARound = 4;

    // The shop has orders from 70000 to 79999.
    private const int FirstOrder = 71_000;

    // Reading an order, a refund, a mail.
    private const int CallsEach = 3;

    // About seven seconds each.
    private static readonly int Kills =
        int.Parse(Environment.GetEnvironmentVariable("WEFT_WORKER_KILLS") ?? "10", CultureInfo.InvariantCulture);

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(3 + (Kills / 4)));

    [Fact]
    public async Task Executions_WhoseWorkersDie_AllEndAndActAtMostOnce()
    {
        await fixture.Host.PutTestWorkflowAsync("soak", _deadline.Token);

        // A call takes its time after it has taken effect, so that some workers die in between.
        fixture.Sandbox.Faults.Set(new FaultRule { Kind = FaultKind.SlowDrip, Target = "composio", Ms = 100 });
        var outcomes = new List<(string Order, ExecutionDocument Document)>();
        for (var (kills, first) = (0, FirstOrder); kills < Kills; first += AtOnce)
        {
            var round = await RoundAsync(first, Math.Min(Kills - kills, KillsARound));
            outcomes.AddRange(round.Outcomes);
            kills += round.Kills;
            Assert.NotEqual(0, round.Kills);
        }

        var state = fixture.Sandbox.State.ToJson();
        var faults = outcomes.SelectMany(o => FaultsOf(o.Order, o.Document, state)).ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Contains(outcomes, o => o.Document.Status == ExecutionStatus.Completed);
    }

    // As many executions as run at once, with a worker that dies each time that some more calls were made.
    private async Task<(int Kills, (string Order, ExecutionDocument Document)[] Outcomes)> RoundAsync(int first, int kills)
    {
        var before = fixture.Sandbox.Log.Last();
        var running = Task.WhenAll(Enumerable.Range(first, AtOnce).Select(o => RunAsync(o.ToString(CultureInfo.InvariantCulture))));
        var killed = 0;
        for (; killed < kills; killed++)
        {
            // An execution that fails makes fewer calls, so there may not be as many.
            var calls = AtOnce * CallsEach * (killed + 1) / (kills + 1);
            var made = fixture.Sandbox.Log.WaitForAsync(_ => CallsSince(before) >= calls, _deadline.Token);
            if (await Task.WhenAny(made, running) == running)
            {
                break;
            }

            await fixture.Host.KillWorkerAsync(_deadline.Token);
        }

        return (killed, await running);
    }

    // A call that is delivered again counts once: it has the same key.
    private int CallsSince(long before) =>
        fixture.Sandbox.Log.Since(before).ToolCalls().Select(c => c.IdempotencyKey).Distinct(StringComparer.Ordinal).Count();

    private async Task<(string Order, ExecutionDocument Document)> RunAsync(string order)
    {
        var body = new JsonObject
        {
            ["input"] = new JsonObject { ["order_id"] = order },
            ["context"] = Customers.Context(order),
        };
        var started = await fixture.Host.PostAsync(
            "workflows/soak/executions", body, _deadline.Token, ("Idempotency-Key", "start-" + order));
        Assert.True((int)started.Status == 202, started.Text);
        var id = (string)started.Json["execution_id"]!;
        var signalled = await fixture.Host.PostAsync(
            $"executions/{id}/signals", Json("""{"signal_name":"ask","data":{"choice":"approve"}}"""), _deadline.Token,
            ("Idempotency-Key", "approve-" + order));
        Assert.True((int)signalled.Status == 202, signalled.Text);
        return (order, await EndOfAsync(id));
    }

    // One that does not end within its time is told of by the document that it has then.
    private async Task<ExecutionDocument> EndOfAsync(string id)
    {
        try
        {
            return await fixture.Host.AwaitEndAsync(id, _deadline.Token);
        }
        catch (OperationCanceledException)
        {
            using var last = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            return ApiClient.Document((await fixture.Host.GetAsync("executions/" + id, last.Token)).Text);
        }
    }

    // A refund whose worker died may be unknown to the workflow, which then fails and says so; it was made once nonetheless.
    private static IEnumerable<string> FaultsOf(string order, ExecutionDocument document, JsonNode state)
    {
        var refunds = state["shop"]!["refunds"]!.AsArray().Count(r => (string?)r!["order_id"] == order);
        var mails = state["mail"]!["sent"]!.AsArray().Count(m => m!.ToJsonString().Contains(order, StringComparison.Ordinal));
        var (code, done) = (document.Error?.Code, document.Status == ExecutionStatus.Completed);
        if (!done && code != "unknown_outcome")
        {
            yield return $"{order} is {document.Status}: {code} {document.Error?.Message} "
                + string.Join(", ", document.Trace.Nodes.Select(n => $"{n.NodeId} {n.Status}"));
        }

        if (refunds > 1 || mails > 1 || (done && (refunds, mails) != (1, 1)))
        {
            yield return $"{order} ended {document.Status} with {refunds} refunds and {mails} mails.";
        }
    }

    public void Dispose()
    {
        fixture.Sandbox?.Faults.Clear();
        _deadline.Dispose();
    }
}
