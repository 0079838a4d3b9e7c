using System.Text.Json.Nodes;
using Weft.EndToEnd.Harness;
using Weft.Sandbox;
using Weft.Sandbox.Faults;
using Weft.Sandbox.Wire;
using Weft.Workflows.Contracts;
using static Weft.EndToEnd.Harness.Texts;

namespace Weft.EndToEnd;

/// <summary>A return, and a server that is killed in the middle of it, over and over on one data folder.</summary>
/// <remarks>The sandbox outlives the server, as providers do: its log says what was asked twice.</remarks>
public sealed class CrashTests(CrashingServer crashing) : IClassFixture<CrashingServer>, IDisposable
{
    private static readonly string[] Steps = ["SHOPIFY_GET_ORDER", "SHOPIFY_CREATE_RETURN", "SHOPIFY_GENERATE_RETURN_LABEL",
        "GMAIL_SEND_EMAIL"];

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(90));

    /// <summary>
    /// Moments at which a call is on its way: asked and not answered (latency), or answered and not yet received (slow drip).
    /// </summary>
    [Theory]
    [InlineData("70101", FaultKind.Latency, "Classify the customer's intent")]
    [InlineData("70102", FaultKind.SlowDrip, "Process return request")]
    [InlineData("70103", FaultKind.Latency, "SHOPIFY_GET_ORDER")]
    [InlineData("70104", FaultKind.SlowDrip, "SHOPIFY_CREATE_RETURN")]
    [InlineData("70105", FaultKind.SlowDrip, "GMAIL_SEND_EMAIL")]
    public async Task Return_KilledWhileACallIsOnItsWay_CompletesAndRepeatsThatCallAlone(string order, FaultKind kind, string call)
    {
        var window = new FaultRule { Kind = kind, Ms = 60_000, First = 1, Tool = Steps.Contains(call) ? call : null,
            Contains = Steps.Contains(call) ? null : call };
        crashing.Sandbox.Faults.Set(window);
        var before = crashing.Sandbox.Log.Last();
        var executionId = await StartAsync(CrashingServer.Retrying, order);

        await crashing.UntilHitAsync(_deadline.Token);
        var answered = window.Kind == FaultKind.SlowDrip;
        if (answered)
        {
            await crashing.Sandbox.Log.WaitForAsync(e => e.Seq > before && e.Fault is not null, _deadline.Token);
        }

        await crashing.KillAndRestartAsync(_deadline.Token);
        var document = await crashing.Server.AwaitEndAsync(executionId, _deadline.Token);

        Assert.Equal((ExecutionStatus.Completed, null), (document.Status, document.Error?.Message));
        Assert.Equal(answered ? 1 : 0, AssertNothingRepeated(before, order, kills: 1));
    }

    [Theory]
    [InlineData("70111", 1)]
    [InlineData("70112", 2)]
    [InlineData("70113", 3)]
    public async Task Return_KilledAsAnAnswerArrives_CompletesAndRepeatsNoRecordedCall(string order, int seed)
    {
        crashing.Sandbox.Faults.Clear();
        var before = crashing.Sandbox.Log.Last();
        var moment = new Random(seed).Next(1, 8);
        var executionId = await StartAsync(CrashingServer.Retrying, order);

        await crashing.Sandbox.Log.WaitForAsync(_ => Calls(before).Count >= moment, _deadline.Token);
        await crashing.KillAndRestartAsync(_deadline.Token);
        var document = await crashing.Server.AwaitEndAsync(executionId, _deadline.Token);

        Assert.Equal((ExecutionStatus.Completed, null), (document.Status, document.Error?.Message));
        AssertNothingRepeated(before, order, kills: 1);
    }

    [Fact]
    public async Task Mail_WhoseOutcomeIsUnknown_IsNotSentAgainUnlessTheFileSaysSo()
    {
        crashing.Sandbox.Faults.Set(new FaultRule { Kind = FaultKind.SlowDrip, Ms = 60_000, Tool = "GMAIL_SEND_EMAIL", First = 1 });
        var before = crashing.Sandbox.Log.Last();
        var executionId = await StartAsync(CrashingServer.AsItStands, "70121");

        await crashing.Sandbox.Log.WaitForAsync(e => e.Seq > before && e.Tool == "GMAIL_SEND_EMAIL", _deadline.Token);
        await crashing.KillAndRestartAsync(_deadline.Token);
        var document = await crashing.Server.AwaitEndAsync(executionId, _deadline.Token);

        Assert.Equal(
            (ExecutionStatus.Failed, "unknown_outcome", "handle_return"), (document.Status, document.Error?.Code, document.Error?.NodeId));
        Assert.Contains("gmail.send_email", document.Error!.Message, StringComparison.Ordinal);
        Assert.Single(Calls(before), e => e.Tool == "GMAIL_SEND_EMAIL");
        Assert.Single(ReturnsOf("70121"));
    }

    [Fact]
    public async Task Return_KilledWhileItIsCreated_CompletesAsTheFileStands()
    {
        crashing.Sandbox.Faults.Set(new FaultRule { Kind = FaultKind.SlowDrip, Ms = 60_000, Tool = "SHOPIFY_CREATE_RETURN", First = 1 });
        var before = crashing.Sandbox.Log.Last();
        var executionId = await StartAsync(CrashingServer.AsItStands, "70122");

        await crashing.Sandbox.Log.WaitForAsync(e => e.Seq > before && e.Tool == "SHOPIFY_CREATE_RETURN", _deadline.Token);
        await crashing.KillAndRestartAsync(_deadline.Token);
        var document = await crashing.Server.AwaitEndAsync(executionId, _deadline.Token);

        Assert.Equal((ExecutionStatus.Completed, null), (document.Status, document.Error?.Message));
        Assert.Single(ReturnsOf("70122"));
    }

    private Task<string> StartAsync(string workflow, string order) => crashing.Server.StartExecutionAsync(
        workflow,
        new JsonObject { ["customer_message"] = $"I want to return my order #{order}, it arrived damaged" },
        Json($$"""{"conversation_id":"conv_{{order}}","customer_id":"cust_{{order}}","customer_email":"robin@example.com","agent_id":"agent_7"}"""),
        _deadline.Token);

    private IReadOnlyList<LogEntry> Calls(long before) =>
        [.. crashing.Sandbox.Log.Since(before).Where(e => e.Model is not null || (e.Tool is not null && e.Method == "POST"))];

    private IEnumerable<JsonNode?> ReturnsOf(string order) =>
        crashing.Sandbox.State.ToJson()["shop"]!["returns"]!.AsArray().Where(r => (string?)r!["order_id"] == order);

    // The calls of a return follow each other, so a call after which another began had its answer recorded: only the one at a kill may come
    // twice.
    private int AssertNothingRepeated(long before, string order, int kills)
    {
        var calls =
            Calls(before).Select(e => e.Model is null ? $"{e.Tool} {e.IdempotencyKey}" : $"{e.Model} {e.Request!.ToJsonString()}").ToList();
        var story = string.Join('\n', calls);
        var inOrder = calls.Where((c, i) => i == 0 || calls[i - 1] != c).ToList();
        Assert.True(inOrder.Count == inOrder.Distinct(StringComparer.Ordinal).Count(), story);
        Assert.True(calls.Count - inOrder.Count <= kills, story);
        Assert.Equal(Steps, inOrder.Select(c => c.Split(' ')[0]).Where(c => Steps.Contains(c)));
        Assert.Single(ReturnsOf(order));
        Assert.Single(
            crashing.Sandbox.State.ToJson()["mail"]!["sent"]!.AsArray(), m => m!.ToJsonString().Contains(order, StringComparison.Ordinal));
        return calls.Count - inOrder.Count;
    }

    public void Dispose()
    {
        crashing.Sandbox.Faults.Clear();
        _deadline.Dispose();
    }
}

/// <summary>A server that is killed and started again on the same data folder, over a sandbox that lives on.</summary>
public sealed class CrashingServer : IAsyncLifetime
{
    internal const string AsItStands = "customer_support_advanced";

    /// <summary>The same, but calls whose outcome is unknown are made again: each carries a key by which the app knows it.</summary>
    internal const string Retrying = "customer_support_retrying";

    private readonly TempFolder _folder = new();

    internal SandboxServer Sandbox { get; private set; } = null!; // InitializeAsync comes first.

    internal WeftServer Server { get; private set; } = null!; // InitializeAsync comes first.

    public async Task InitializeAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        Sandbox = await SandboxServer.StartAsync(new SandboxOptions(), deadline.Token);
        Server = await StartAsync(deadline.Token);
        var text = Fixture("customer_support_advanced.yaml");
        await Server.PutWorkflowAsync(AsItStands, text, deadline.Token);
        var retrying = text.Replace("name: customer_support_advanced", "name: " + Retrying, StringComparison.Ordinal)
            .Replace("max_retries: 3", "max_retries: 3\n        on_unknown_outcome: retry", StringComparison.Ordinal);
        await Server.PutWorkflowAsync(Retrying, retrying, deadline.Token);
    }

    /// <summary>Waits until the fault in force has hit a request.</summary>
    internal Task UntilHitAsync(CancellationToken deadline) =>
        Eventually.HoldsAsync(() => Sandbox.Faults.Counts().All(c => c.Hits > 0), deadline);

    internal async Task KillAndRestartAsync(CancellationToken deadline)
    {
        await Server.Process.KillAsync(deadline);
        await Server.DisposeAsync();
        Sandbox.Faults.Clear();
        Server = await StartAsync(deadline);
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        await Sandbox.DisposeAsync();
        _folder.Dispose();
    }

    private Task<WeftServer> StartAsync(CancellationToken deadline) =>
        WeftServer.StartAsync(_folder.Path, Sandbox.EnvironmentVariables, deadline, "--data", _folder.Below("data"));
}
