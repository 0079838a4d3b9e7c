using System.Text.Json.Nodes;
using Weft.EndToEnd.Harness;
using Weft.Functions.AzuriteTests.Emulator;
using Weft.Functions.HostTests.Harness;
using Weft.Workflows.Contracts;
using static Weft.EndToEnd.Harness.Texts;

namespace Weft.Functions.HostTests.Telemetry;

/// <summary>
/// What three workers, one after another, sent: of a customer's return in the first; of an execution that fails in the second; and of one
/// that the second began and the third ended.
/// </summary>
public sealed class TelemetryFixture(Azurite azurite) : HostFixture(azurite)
{
    internal const string CustomerMessage = "I want to return my order #70002, it arrived damaged";
    internal const string CustomerEmail = "robin@example.com";

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(180));

    internal TelemetryCollector Collector { get; private set; } = null!; // InitializeAsync comes first.

    /// <summary>Gets the execution of the customer's return: three nodes run, three are skipped.</summary>
    internal string Return { get; private set; } = "";

    /// <summary>Gets the execution that two workers ran.</summary>
    internal string TwoCalls { get; private set; } = "";

    /// <summary>Gets the spans that the first worker sent of the return.</summary>
    internal IReadOnlyList<ExportedSpan> ReturnSpans { get; private set; } = [];

    /// <summary>Gets the lines that the first worker logged meanwhile.</summary>
    internal IReadOnlyList<ExportedLog> ReturnLogs { get; private set; } = [];

    protected override IReadOnlyDictionary<string, string> More => Collector.Settings;

    public override async Task InitializeAsync()
    {
        if (Azurite.Program is null)
        {
            return; // All tests are skipped.
        }

        Collector = await TelemetryCollector.StartAsync(_deadline.Token);
        await base.InitializeAsync();
        await RunReturnAsync();

        var failed = await Host.StartExecutionAsync(
            "data-pipeline", Json("""{"sources":[{"name":"orders","path":"/orders.json"}]}"""), null, _deadline.Token);
        await Host.AwaitStatusAsync(failed, ExecutionStatus.Failed, _deadline.Token);
        await Host.PutTestWorkflowAsync("two-calls", _deadline.Token);
        TwoCalls = await Host.StartExecutionAsync("two-calls", [], Json("""{"customer_id":"cust_789"}"""), _deadline.Token);
        await Host.AwaitAsync(TwoCalls, d => d.Trace.Nodes.Any(n => n.NodeId == "hold"), _deadline.Token);
        await Host.StopWorkerAsync(_deadline.Token);

        var answer = await Host.PostAsync(
            $"executions/{TwoCalls}/signals", new JsonObject { ["signal_name"] = "release" }, _deadline.Token);
        Assert.True((int)answer.Status < 300, answer.Text);
        await Host.AwaitStatusAsync(TwoCalls, ExecutionStatus.Completed, _deadline.Token);
        await Host.StopWorkerAsync(_deadline.Token);
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (Collector is not null)
        {
            await Collector.DisposeAsync();
        }

        _deadline.Dispose();
    }

    private async Task RunReturnAsync()
    {
        // What a worker says once, at its start and of its first execution, is no part of what one costs.
        var first = await Host.StartExecutionAsync("hello-world", Json("""{"name":"Alice"}"""), null, _deadline.Token);
        await Host.AwaitEndAsync(first, _deadline.Token);
        await Eventually.HoldsAsync(
            () => Collector.Spans.Any(s => s.Name == "invoke_workflow hello-world")
                && Collector.Logs.Any(l => l.Attributes.GetValueOrDefault("ExecutionId") == first),
            _deadline.Token);
        var worker = $"{(int)(await Host.AboutAsync(_deadline.Token))["worker"]!}";
        var (spans, logs) = (Collector.Spans.Count, Collector.Logs.Count);

        Return = await Host.StartExecutionAsync(
            "customer_support_advanced",
            new JsonObject { ["customer_message"] = CustomerMessage },
            new JsonObject
            {
                ["conversation_id"] = "conv_1",
                ["customer_id"] = "cust_70002",
                ["customer_email"] = CustomerEmail,
                ["agent_id"] = "agent_7",
            },
            _deadline.Token);
        await Host.AwaitStatusAsync(Return, ExecutionStatus.Completed, _deadline.Token);
        await Host.StopWorkerAsync(_deadline.Token);

        // The looks at whether it has ended are the tests' own.
        ReturnSpans = [.. Collector.Spans.Skip(spans).Where(s => s.Process == worker && s.Name != "function GetExecution")];
        ReturnLogs = [.. Collector.Logs.Skip(logs).Where(l => l.Process == worker && l.Category != "Microsoft.Hosting.Lifetime")];
    }
}
