using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Weft.Agents.Telemetry;
using Weft.Api.Telemetry;

namespace Weft.Functions.Telemetry;

/// <summary>Sends traces, metrics and logs to Application Insights, by OTLP, or to both: as the settings say.</summary>
/// <remarks>The host sends what is its own; host.json's <c>telemetryMode</c> lets it do so by OpenTelemetry too.</remarks>
internal static class TelemetrySetup
{
    // What these say at Information, of each request and each orchestration, is in the spans.
    private static readonly string[] Chatty = ["Microsoft.AspNetCore", "System.Net.Http.HttpClient", "Microsoft.DurableTask"];

    public static void AddTelemetry(this FunctionsApplicationBuilder builder)
    {
        // First in the list: what settings say of a category (Logging__LogLevel__…) is the later rule, and wins.
        builder.Services.Configure<LoggerFilterOptions>(options =>
        {
            foreach (var category in Chatty)
            {
                options.Rules.Insert(0, new LoggerFilterRule(null, category, LogLevel.Warning, null));
            }
        });

        var otlp = new OtlpExport(builder.Configuration);
        var toInsights = builder.Configuration[ApplicationInsights.ConnectionString] is { Length: > 0 };
        if (otlp.IsDisabled || !(toInsights || otlp.Traces || otlp.Metrics || otlp.Logs))
        {
            // The worker's logs go through the host, which shows them.
            return;
        }

        var telemetry = builder.Services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithTracing(t => otlp.Export(t.AddSource(WeftTracing.SourceName).AddProcessor<DurableSpanFilter>()))
            .WithMetrics(m => otlp.Export(m.AddMeter(WeftMeters.Prefix + "*")))
            .WithLogging(l => otlp.Export(l), options => (options.IncludeFormattedMessage, options.IncludeScopes) = (true, true));
        if (toInsights)
        {
            telemetry.UseAzureMonitorExporter(options => ApplicationInsights.Configure(options, builder.Configuration));
        }
    }
}
