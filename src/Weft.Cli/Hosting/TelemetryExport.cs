using System.Reflection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Weft.Agents.Telemetry;

namespace Weft.Cli.Hosting;

/// <summary>Sends traces and metrics by OTLP while the server runs, when the standard variables say where to.</summary>
/// <remarks>
/// OTEL_EXPORTER_OTLP_ENDPOINT (or OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, …_METRICS_ENDPOINT for one of them), …_PROTOCOL, …_HEADERS,
/// OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES, OTEL_TRACES_SAMPLER are read by the SDK itself; OTEL_SDK_DISABLED=true turns all off.
/// </remarks>
internal sealed class TelemetryExport(IConfiguration configuration, ILogger<TelemetryExport> logger) : IHostedService, IDisposable
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (string.Equals(configuration["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase))
        {
            return Task.CompletedTask;
        }

        if (IsSet(Endpoint) || IsSet("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"))
        {
            _traces = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(Resource())
                .AddSource(WeftTracing.SourceName, "Microsoft.AspNetCore")
                .AddOtlpExporter()
                .Build();
        }

        if (IsSet(Endpoint) || IsSet("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"))
        {
            _metrics = Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(Resource())
                .AddMeter("Weft.*", "Microsoft.AspNetCore.Hosting")
                .AddOtlpExporter()
                .Build();
        }

        if (_traces is not null || _metrics is not null)
        {
            logger.Exporting(_traces is not null, _metrics is not null);
        }

        return Task.CompletedTask;
    }

    // What was written at the last moment goes out too, but an endpoint that is away does not hold up the end.
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            _traces?.ForceFlush(5_000);
            _metrics?.ForceFlush(5_000);
        },
        CancellationToken.None);

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    private bool IsSet(string name) => configuration[name] is { Length: > 0 };

    // The environment last: OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win.
    private static ResourceBuilder Resource() => ResourceBuilder.CreateEmpty()
        .AddTelemetrySdk()
        .AddService("weft", serviceVersion: typeof(TelemetryExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0])
        .AddEnvironmentVariableDetector();
}
