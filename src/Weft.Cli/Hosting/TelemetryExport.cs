using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Exporter;
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
internal static class TelemetryExport
{
    public static IServiceCollection AddTelemetryExport(this IServiceCollection services, IConfiguration configuration)
    {
        var both = Endpoint(configuration, "OTEL_EXPORTER_OTLP_ENDPOINT");
        var traces = Endpoint(configuration, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
        var metrics = Endpoint(configuration, "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT");
        var (hasTraces, hasMetrics) = ((traces ?? both) is not null, (metrics ?? both) is not null);
        var disabled = string.Equals(configuration["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase);
        if (disabled || !(hasTraces || hasMetrics))
        {
            return services;
        }

        // The environment last: OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win.
        var version = typeof(TelemetryExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?
            .InformationalVersion.Split('+')[0];
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("weft", serviceVersion: version).AddEnvironmentVariableDetector());
        if (hasTraces)
        {
            telemetry.WithTracing(t => t.AddSource(WeftTracing.SourceName, "Microsoft.AspNetCore").AddOtlpExporter(to => Send(to, traces)));
        }

        if (hasMetrics)
        {
            telemetry.WithMetrics(m => m
                .AddMeter("Weft.*", "Microsoft.AspNetCore.Hosting", "System.Net.Http", "System.Runtime")
                .AddOtlpExporter(to => Send(to, metrics)));
        }

        return services.AddHostedService(s => new TelemetryNotice(hasTraces, hasMetrics, s.GetRequiredService<ILogger<TelemetryNotice>>()));
    }

    private static Uri? Endpoint(IConfiguration configuration, string name) =>
        Uri.TryCreate(configuration[name], UriKind.Absolute, out var endpoint) ? endpoint : null;

    // The exporter reads the endpoint of both by itself, and of those for one signal none.
    private static void Send(OtlpExporterOptions options, Uri? endpoint)
    {
        if (endpoint is not null)
        {
            options.Endpoint = endpoint;
        }
    }
}
