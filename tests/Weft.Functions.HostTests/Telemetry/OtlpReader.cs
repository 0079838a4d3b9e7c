namespace Weft.Functions.HostTests.Telemetry;

/// <summary>Reads what is sent by OTLP. The numbers are those of opentelemetry-proto 1.x.</summary>
internal static class OtlpReader
{
    public static IEnumerable<ExportedSpan> Spans(byte[] request) =>
        from resource in new ProtoMessage(request).All(1)
        from scope in resource.All(2)
        from span in scope.All(2)
        select new ExportedSpan(
            ProcessOf(resource), SourceOf(scope), span.Text(5), span.Hex(1), span.Hex(2), span.Hex(4), Attributes(span, 9));

    public static IEnumerable<ExportedLog> Logs(byte[] request) =>
        from resource in new ProtoMessage(request).All(1)
        from scope in resource.All(2)
        from log in scope.All(2)
        select new ExportedLog(
            ProcessOf(resource), SourceOf(scope), string.Concat(log.All(5).Select(Value)), log.Hex(9), Attributes(log, 6));

    public static IEnumerable<ExportedPoint> Points(byte[] request) =>
        from metric in new ProtoMessage(request).Below(1, 2, 2)
        from point in metric.Below(5, 1).Concat(metric.Below(7, 1)).Select(p => (Point: p, Value: Measured(p), Attributes: 7))
            .Concat(metric.Below(9, 1).Select(p => (Point: p, Value: p.Double(5), Attributes: 9)))
        select new ExportedPoint(metric.Text(1), point.Value, Attributes(point.Point, point.Attributes));

    private static string ProcessOf(ProtoMessage resource) =>
        resource.All(1).Select(r => Attributes(r, 1)).Single().GetValueOrDefault("process.pid", "");

    private static string SourceOf(ProtoMessage scope) => string.Concat(scope.All(1).Select(s => s.Text(1)));

    private static double Measured(ProtoMessage point) => point.Has(6) ? (long)point.Number(6) : point.Double(4);

    private static Dictionary<string, string> Attributes(ProtoMessage message, int field) =>
        message.All(field).GroupBy(a => a.Text(1), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => Value(g.Last().All(2).Single()), StringComparer.Ordinal);

    private static string Value(ProtoMessage value) => true switch
    {
        _ when value.Has(1) => value.Text(1),
        _ when value.Has(2) => value.Number(2) == 1 ? "true" : "false",
        _ when value.Has(3) => $"{(long)value.Number(3)}",
        _ when value.Has(4) => $"{value.Double(4)}",
        _ => string.Join(',', value.Below(5, 1).Select(Value)),
    };
}
