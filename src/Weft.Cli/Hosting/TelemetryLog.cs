namespace Weft.Cli.Hosting;

/// <summary>Event ids 4200–4299.</summary>
internal static partial class TelemetryLog
{
    [LoggerMessage(EventId = 4201, Level = LogLevel.Information, Message = "Sending by OTLP: traces {Traces}, metrics {Metrics}")]
    public static partial void Exporting(this ILogger logger, bool traces, bool metrics);
}
