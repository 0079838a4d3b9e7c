namespace Weft.Functions.HostTests.Telemetry;

/// <summary>A line of a log as a collector received it.</summary>
internal sealed record ExportedLog(
    string Process, string Category, string Text, string TraceId, IReadOnlyDictionary<string, string> Attributes);
