using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Weft.Api.Tests;

public sealed partial class DashboardTests(SharedApiHost shared) : IClassFixture<SharedApiHost>
{
    private static readonly JsonObject Dashboard =
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "../../../../../infra/grafana/dashboard.json")))!.AsObject();

    [Fact]
    public async Task EveryMetricThatAPanelAsksFor_IsOneThatTheServerTells()
    {
        // Kestrel measures a request once one has ended.
        await shared.Host.GetAsync("health");
        var text = (await shared.Host.GetAsync("metrics")).Text;
        var told = TypeLine().Matches(text).Select(m => m.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);

        var asked = Expressions().SelectMany(e => Metric().Matches(e).Select(m => m.Value)).Select(Family).Distinct(StringComparer.Ordinal)
            .ToList();

        Assert.NotEmpty(asked);
        Assert.Empty(asked.Except(told, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("LLM Costs (Last 24h)", "llm_cost_usd_total")]
    [InlineData("Agent Execution Duration", "agent_execution_duration_seconds_bucket")]
    [InlineData("Tool Execution Success Rate", "tool_executions_total")]
    [InlineData("Top Composio Apps by Usage", "composio_action_executions_total")]
    [InlineData("Circuit Breaker Status", "circuit_breaker_state")]
    public void ThePanelsThatWereAskedFor_AreThere(string title, string metric) =>
        Assert.Contains(metric, Panels().Single(p => p["title"]!.GetValue<string>() == title)["targets"]![0]!["expr"]!.GetValue<string>(),
            StringComparison.Ordinal);

    [Fact]
    public void ThePanels_HaveIdsOfTheirOwn_AndDoNotLieOnEachOther()
    {
        var ids = Panels().Select(p => p["id"]!.GetValue<int>()).ToList();
        Assert.Equal(ids.Distinct(), ids);

        var cells = new HashSet<(int, int)>();
        foreach (var place in Panels().Select(p => p["gridPos"]!))
        {
            var (x, y, w, h) =
                (place["x"]!.GetValue<int>(), place["y"]!.GetValue<int>(), place["w"]!.GetValue<int>(), place["h"]!.GetValue<int>());
            Assert.InRange(x + w, 1, 24);
            Assert.All(Enumerable.Range(x, w).SelectMany(column => Enumerable.Range(y, h).Select(line => (column, line))),
                cell => Assert.True(cells.Add(cell)));
        }
    }

    private static IEnumerable<JsonNode> Panels() => Dashboard["panels"]!.AsArray().Select(p => p!);

    private static IEnumerable<string> Expressions() =>
        Panels().SelectMany(p => p["targets"]?.AsArray() ?? []).Select(t => t!["expr"]!.GetValue<string>());

    // A histogram is told under one name and asked for by its parts.
    private static string Family(string metric) => HistogramPart().Replace(metric, "");

    [GeneratedRegex(@"^# TYPE (?<name>\S+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"\b(weft|http|llm|agent|tool|composio|circuit)_[a-z_]+\b(?=\{|\[|$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Metric();

    [GeneratedRegex("_(bucket|sum|count)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HistogramPart();
}
