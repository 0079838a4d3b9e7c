using Microsoft.Extensions.Configuration;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Weft.Api.Telemetry;

/// <summary>What a host sends by OTLP, and where to: as OpenTelemetry's own variables say.</summary>
/// <remarks>
/// OTEL_EXPORTER_OTLP_ENDPOINT, or OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, …_METRICS_ENDPOINT, …_LOGS_ENDPOINT for one of them;
/// OTEL_SDK_DISABLED=true turns all off. The SDK itself reads …_PROTOCOL, …_HEADERS, OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES and
/// OTEL_TRACES_SAMPLER.
/// </remarks>
public sealed class OtlpExport(IConfiguration configuration)
{
    private readonly Uri? _all = Endpoint(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
    private readonly Uri? _traces = Endpoint(configuration["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"]);
    private readonly Uri? _metrics = Endpoint(configuration["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"]);
    private readonly Uri? _logs = Endpoint(configuration["OTEL_EXPORTER_OTLP_LOGS_ENDPOINT"]);

    /// <summary>Gets whether telemetry is turned off altogether.</summary>
    public bool IsDisabled { get; } = string.Equals(configuration["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Gets whether traces are sent.</summary>
    public bool Traces => !IsDisabled && (_traces ?? _all) is not null;

    /// <summary>Gets whether metrics are sent.</summary>
    public bool Metrics => !IsDisabled && (_metrics ?? _all) is not null;

    /// <summary>Gets whether logs are sent.</summary>
    public bool Logs => !IsDisabled && (_logs ?? _all) is not null;

    /// <summary>Sends the spans of <paramref name="provider"/>, where traces are sent.</summary>
    public TracerProviderBuilder Export(TracerProviderBuilder provider) =>
        Traces ? provider.AddOtlpExporter(to => Send(to, _traces)) : provider;

    /// <summary>Sends the metrics of <paramref name="provider"/>, where metrics are sent.</summary>
    public MeterProviderBuilder Export(MeterProviderBuilder provider) =>
        Metrics ? provider.AddOtlpExporter(to => Send(to, _metrics)) : provider;

    /// <summary>Sends the logs of <paramref name="provider"/>, where logs are sent.</summary>
    public LoggerProviderBuilder Export(LoggerProviderBuilder provider) =>
        Logs ? provider.AddOtlpExporter(to => Send(to, _logs)) : provider;

    private static Uri? Endpoint(string? setting) => Uri.TryCreate(setting, UriKind.Absolute, out var endpoint) ? endpoint : null;

    // The exporter reads the endpoint of all by itself, and of those for one signal none.
    private static void Send(OtlpExporterOptions options, Uri? endpoint)
    {
        if (endpoint is not null)
        {
            options.Endpoint = endpoint;
        }
    }
}
