using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Weft.Functions.HostTests.Telemetry;

/// <summary>Receives telemetry on loopback: by OTLP over HTTP, and in the form that Application Insights takes in.</summary>
internal sealed class TelemetryCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = [];

    private TelemetryCollector(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    /// <summary>The settings that send everything here, in both forms.</summary>
    public Dictionary<string, string> Settings => new(StringComparer.Ordinal)
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Url,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
        ["APPLICATIONINSIGHTS_CONNECTION_STRING"] =
            $"InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint={Url};LiveEndpoint={Url}",
        ["APPLICATIONINSIGHTS_STATSBEAT_DISABLED"] = "true",
        ["APPLICATIONINSIGHTS_SDKSTATS_DISABLED"] = "true",
    };

    public IReadOnlyList<ExportedSpan> Spans => [.. Bodies("/v1/traces").SelectMany(OtlpReader.Spans)];

    public IReadOnlyList<ExportedLog> Logs => [.. Bodies("/v1/logs").SelectMany(OtlpReader.Logs)];

    public IReadOnlyList<ExportedPoint> Points => [.. Bodies("/v1/metrics").SelectMany(OtlpReader.Points)];

    /// <summary>The items that came as to Application Insights.</summary>
    public IReadOnlyList<JsonNode> Items =>
    [
        .. Bodies("/v2.1/track").SelectMany(b => Encoding.UTF8.GetString(b).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Select(line => JsonNode.Parse(line)!),
    ];

    /// <summary>All that came, as text: names and words in it are plain UTF-8.</summary>
    public string Everything => string.Join('\n', _received.Select(r => Encoding.UTF8.GetString(r.Body)));

    public static async Task<TelemetryCollector> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var collector = new TelemetryCollector(app);
        app.Run(collector.ReceiveAsync);
        await app.StartAsync(cancellationToken);
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IEnumerable<byte[]> Bodies(string path) => _received.Where(r => r.Path == path).Select(r => r.Body);

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await using var sent = context.Request.Headers.ContentEncoding == "gzip"
            ? new GZipStream(context.Request.Body, CompressionMode.Decompress)
            : context.Request.Body;
        await sent.CopyToAsync(body, context.RequestAborted);
        _received.Enqueue((context.Request.Path, body.ToArray()));
        if (context.Request.Path == "/v2.1/track")
        {
            var count = Encoding.UTF8.GetString(body.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(
                $$"""{"itemsReceived":{{count}},"itemsAccepted":{{count}},"errors":[]}""", context.RequestAborted);
        }
        else
        {
            context.Response.ContentType = "application/x-protobuf";
        }
    }
}
