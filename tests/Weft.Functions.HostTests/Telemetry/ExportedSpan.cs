namespace Weft.Functions.HostTests.Telemetry;

/// <summary>A span as a collector received it.</summary>
internal sealed record ExportedSpan(
    string Process,
    string Source,
    string Name,
    string TraceId,
    string SpanId,
    string ParentId,
    IReadOnlyDictionary<string, string> Attributes);
