using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Language;

namespace Weft.Bench.Reports;

/// <summary>The figures for people, and for scripts.</summary>
internal static class ResultTable
{
    public static void Write(IReadOnlyList<Result> results, TextWriter output)
    {
        output.WriteLine($"{"",-4}{"level",-10}{"workload",-58}{"best",12}{"median",12}  {"unit",-16}{"peer",10}{"ratio",9}");
        foreach (var result in results)
        {
            output.WriteLine(
                $"{result.Workload.Id,-4}{result.Workload.Level.ToString().ToLowerInvariant(),-10}{result.Workload.Title,-58}"
                + $"{Number(result.Best),12}{Number(result.Median),12}  {result.Workload.Metric,-16}"
                + $"{(result.Peer is { } peer ? Number(peer) : "-"),10}{(result.Ratio is { } ratio ? Number(ratio) + "x" : "-"),9}");
            if (result.Note is { } note)
            {
                output.WriteLine($"    {note}");
            }
        }
    }

    public static void WriteJson(IReadOnlyList<Result> results, TextWriter output)
    {
        var rows = new JsonArray([.. results.Select(r => (JsonNode)new JsonObject
        {
            ["workload"] = r.Workload.Id,
            ["level"] = r.Workload.Level.ToString().ToLowerInvariant(),
            ["title"] = r.Workload.Title,
            ["metric"] = r.Workload.Metric,
            ["best"] = r.Best,
            ["median"] = r.Median,
            ["peer"] = r.Peer,
            ["ratio"] = r.Ratio,
            ["note"] = r.Note,
        })]);
        output.WriteLine(rows.ToJsonString(WeftJson.Indented));
    }

    private static string Number(double value) =>
        value.ToString(value >= 100 ? "#,0" : value >= 10 ? "0.0" : "0.000", CultureInfo.InvariantCulture);
}
