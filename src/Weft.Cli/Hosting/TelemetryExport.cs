using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Weft.Agents.Telemetry;
using Weft.Api.Telemetry;

namespace Weft.Cli.Hosting;

/// <summary>Sends traces and metrics by OTLP while the server runs, when the standard variables say where to.</summary>
internal static class TelemetryExport
{
    public static IServiceCollection AddTelemetryExport(this IServiceCollection services, IConfiguration configuration)
    {
        var otlp = new OtlpExport(configuration);
        if (!(otlp.Traces || otlp.Metrics))
        {
            return services;
        }

        // The environment last: OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win.
        var version = typeof(TelemetryExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?
            .InformationalVersion.Split('+')[0];
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("weft", serviceVersion: version).AddEnvironmentVariableDetector());
        if (otlp.Traces)
        {
            telemetry.WithTracing(t => otlp.Export(t.AddSource(WeftTracing.SourceName, "Microsoft.AspNetCore")));
        }

        if (otlp.Metrics)
        {
            telemetry.WithMetrics(m => otlp.Export(
                m.AddMeter(WeftMeters.Prefix + "*", "Microsoft.AspNetCore.Hosting", "System.Net.Http", "System.Runtime")));
        }

        return services.AddHostedService(
            s => new TelemetryNotice(otlp.Traces, otlp.Metrics, s.GetRequiredService<ILogger<TelemetryNotice>>()));
    }
}
