using System.Globalization;
using System.Text.Json.Nodes;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Composio;

/// <summary>What the simulated world holds at the start, dated back from the moment at which it starts.</summary>
internal static class SeedData
{
    private const string SeriesNumber = "70000";

    private static readonly Lazy<JsonObject> Tables = new(() => Embedded.Read<JsonObject>("world/seed"));
    private static readonly Lazy<string> Series = new(() => SandboxJson.Text(Embedded.Read<JsonObject>("world/series")));

    /// <summary>The rows of all tables.</summary>
    public static IEnumerable<(string Table, string Id, JsonNode Row)> At(DateTimeOffset now) => Tables.Value.SelectMany(table =>
        table.Value!.AsObject().Select(row => (table.Key, row.Key, Dated(row.Value, now)!))); // Each table is an object of rows.

    /// <summary>An order of the series that needs no row: any from 70000 to 79999.</summary>
    public static JsonObject? OrderInSeries(string id, DateTimeOffset now)
    {
        var isInSeries = id.Length == SeriesNumber.Length && id[0] == SeriesNumber[0] && id.All(char.IsAsciiDigit);
        var text = Series.Value.Replace(SeriesNumber, id, StringComparison.Ordinal);
        return isInSeries ? Dated(JsonReading.Parse(text), now) as JsonObject : null;
    }

    /// <summary>A moment as the services write it.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static JsonNode? Dated(JsonNode? node, DateTimeOffset now) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Dated(member.Value, now)))),
        JsonArray items => new JsonArray([.. items.Select(item => Dated(item, now))]),
        _ when node.AsText() is ['@', .. var distance] => Moment(now, distance),
        _ => node?.DeepClone(),
    };

    private static string Moment(DateTimeOffset now, string distance)
    {
        var moment = Time(now.AddDays(double.Parse(distance.TrimEnd('d', '/'), CultureInfo.InvariantCulture)));
        return distance.EndsWith('/') ? moment[..moment.IndexOf('T', StringComparison.Ordinal)] : moment;
    }
}
