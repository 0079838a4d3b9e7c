using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Weft.Cli.Hosting;

/// <summary>Says at start what is sent by OTLP. Event ids 4200–4299.</summary>
internal sealed partial class TelemetryNotice(bool traces, bool metrics, ILogger<TelemetryNotice> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Exporting(logger, traces, metrics);
        return Task.CompletedTask;
    }

    [LoggerMessage(EventId = 4201, Level = LogLevel.Information, Message = "Sending by OTLP: traces {Traces}, metrics {Metrics}")]
    private static partial void Exporting(ILogger logger, bool traces, bool metrics);
}
