namespace Weft.Functions.HostTests.Telemetry;

/// <summary>A point of a metric as a collector received it: the sum of a counter or a histogram, the value of a gauge.</summary>
internal sealed record ExportedPoint(string Metric, double Value, IReadOnlyDictionary<string, string> Attributes);
