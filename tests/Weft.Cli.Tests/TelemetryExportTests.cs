using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Weft.EndToEnd.Harness;

namespace Weft.Cli.Tests;

/// <summary>What a server sends by OTLP, as a collector receives it.</summary>
public sealed class TelemetryExportTests : CliTest
{
    private const string Notice = "Sending by OTLP: traces True, metrics True";

    [Fact]
    public async Task Serve_WithAnEndpoint_SendsTracesAndMetricsBeforeItEnds()
    {
        await using var collector = await OtlpCollector.StartAsync(Deadline);

        var ended = await ServeAsync(new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url, ["OTEL_SERVICE_NAME"] = "weft-support" });

        AssertEnds(0, Notice, ended);
        AssertHolds(collector.Received("/v1/traces"), "weft-support", "invoke_workflow hello-world", "gen_ai.request.model");
        AssertHolds(
            collector.Received("/v1/metrics"),
            "weft-support", "weft.executions.started", "http.server.request.duration", "dotnet.gc.collections");
    }

    [Fact]
    public async Task Serve_WithAnEndpointForTracesOnly_SendsNoMetrics()
    {
        await using var collector = await OtlpCollector.StartAsync(Deadline);

        var ended = await ServeAsync(new() { ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = collector.Url + "/v1/traces" });

        AssertEnds(0, "Sending by OTLP: traces True, metrics False", ended);
        AssertHolds(collector.Received("/v1/traces"), "weft");
        Assert.Empty(collector.Received("/v1/metrics"));
    }

    [Fact]
    public async Task Serve_WithTheSdkDisabled_SendsNothing()
    {
        await using var collector = await OtlpCollector.StartAsync(Deadline);

        var ended = await ServeAsync(new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url, ["OTEL_SDK_DISABLED"] = "true" });

        AssertEnds(0, string.Empty, ended);
        Assert.DoesNotContain("OTLP", ended.Error, StringComparison.Ordinal);
        Assert.Empty(collector.Received("/v1/traces") + collector.Received("/v1/metrics"));
    }

    [Fact]
    public async Task Serve_WithACollectorThatIsAway_EndsAllTheSame()
    {
        using var closed = new TcpListener(System.Net.IPAddress.Loopback, 0);
        closed.Start();
        var url = $"http://{closed.LocalEndpoint}";
        closed.Stop();

        AssertEnds(0, Notice, await ServeAsync(new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = url }));
    }

    /// <summary>Serves until one execution has ended.</summary>
    private async Task<WeftProcess.Ended> ServeAsync(Dictionary<string, string> environment)
    {
        environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        await using var serve = WeftProcess.Start(
            Folder.Path, environment,
            "serve", "--sandbox", "--urls", "http://127.0.0.1:0", "--data", Data, "--workflows", Path.GetDirectoryName(Example("x"))!);
        using var client = new HttpClient { BaseAddress = new Uri((await serve.LineAsync("Now listening on: ", Deadline)).Split(' ')[0]) };
        using var body = new StringContent("""{"name":"Alice"}""", Encoding.UTF8, "application/json");
        using var started = await client.PostAsync(new Uri("/api/v1/workflows/hello-world/executions", UriKind.Relative), body, Deadline);
        var id = (string)JsonNode.Parse(await started.Content.ReadAsStringAsync(Deadline))!["execution_id"]!;
        var ended = await client.GetStringAsync(new Uri($"/api/v1/executions/{id}/events", UriKind.Relative), Deadline);
        Assert.Contains("completed", ended, StringComparison.Ordinal);

        serve.Signal("TERM");
        return await serve.EndAsync(Deadline);
    }

    private static void AssertHolds(string received, params string[] parts) =>
        Assert.All(parts, part => Assert.Contains(part, received, StringComparison.Ordinal));
}
