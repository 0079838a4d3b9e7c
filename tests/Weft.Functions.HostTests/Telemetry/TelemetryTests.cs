using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Weft.Agents.Telemetry;
using Weft.Functions.HostTests.Harness;

namespace Weft.Functions.HostTests.Telemetry;

/// <summary>What the app's worker sends of executions: to Application Insights and by OTLP.</summary>
[Collection(EmulatorCollection.Name)]
public sealed partial class TelemetryTests(TelemetryFixture sent) : IClassFixture<TelemetryFixture>
{
    // No workflow of these raises an alert of its own.
    private const string Unmeasured = "weft.workflow.alerts";

    [Fact]
    public void Execution_IsOneTrace_WithASpanOfEachNodeAndEachCall()
    {
        var spans = TraceOf(sent.Return);

        Assert.Equal(
            [
                "chat ", "chat ", "chat ", "chat ", "execute_tool gmail.send_email", "execute_tool shopify.create_return",
                "execute_tool shopify.generate_return_label", "execute_tool shopify.get_order", "invoke_agent autonomous_return_agent",
                "invoke_agent simple_intent_classifier", "invoke_agent simple_response_assembler",
                "invoke_workflow customer_support_advanced",
            ],
            spans.Select(s => s.Name.StartsWith("chat ", StringComparison.Ordinal) ? "chat " : s.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Execution_IsTheRoot_AndEverySpanLiesBelowAnother()
    {
        var spans = TraceOf(sent.Return);

        var root = Assert.Single(spans, s => s.ParentId.Length == 0);
        Assert.Equal("invoke_workflow customer_support_advanced", root.Name);
        Assert.Empty(spans.Where(s => s != root).Select(s => s.ParentId).Except(spans.Select(s => s.SpanId), StringComparer.Ordinal));
    }

    [Fact]
    public void ModelCall_CarriesTheConventionsOfGenerativeAi()
    {
        var calls = TraceOf(sent.Return).Where(s => s.Name.StartsWith("chat ", StringComparison.Ordinal)).ToList();

        Assert.Equal(4, calls.Count);
        Assert.All(
            calls,
            s => Assert.Superset(
                new HashSet<string>(StringComparer.Ordinal)
                {
                    "gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.request.model", "gen_ai.response.model",
                    "gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens", "gen_ai.agent.name", "weft.node_id", "weft.cost_usd",
                },
                s.Attributes.Keys.ToHashSet(StringComparer.Ordinal)));
    }

    [Fact]
    public void Execution_ThatTwoWorkersRan_IsOneTrace()
    {
        var spans = sent.Collector.Spans.Where(s => s.Attributes.GetValueOrDefault("weft.execution_id") == sent.TwoCalls).ToList();

        Assert.Equal([TraceIds.TraceOf(sent.TwoCalls).ToHexString()], spans.Select(s => s.TraceId).Distinct(StringComparer.Ordinal));
        Assert.NotEqual(
            Assert.Single(spans, s => s.Name == "execute_tool shopify.get_order").Process,
            Assert.Single(spans, s => s.Name == "execute_tool shopify.get_tracking_info").Process);
        Assert.Single(spans, s => s.ParentId.Length == 0);
    }

    [Fact]
    public void Execution_OfThreeNodes_IsAtMostThirtyItems()
    {
        var items = sent.ReturnSpans.Select(s => s.Name).Concat(sent.ReturnLogs.Select(l => $"{l.Category}: {l.Text}")).ToList();

        Assert.True(items.Count is > 12 and <= 30, $"{items.Count} items:\n{string.Join('\n', items)}");
    }

    [Fact]
    public void Logs_OfAnExecution_NameIt()
    {
        var logs = sent.ReturnLogs.Where(l => l.Category.StartsWith("Weft.", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(logs);
        Assert.All(logs, l => Assert.Equal(sent.Return, l.Attributes["ExecutionId"]));
    }

    [Fact]
    public void Telemetry_HoldsNoKeyPromptOrAddress()
    {
        var everything = sent.Collector.Everything;
        var secrets = sent.Sandbox.EnvironmentVariables.Where(v => v.Key.EndsWith("_KEY", StringComparison.Ordinal)).Select(v => v.Value)
            .Append(sent.Storage.Split("AccountKey=")[1].Split(';')[0])
            .Append(TelemetryFixture.CustomerMessage)
            .Append("What does this customer want?")
            .Append(TelemetryFixture.CustomerEmail);

        Assert.Contains(sent.Return, everything, StringComparison.Ordinal);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, everything, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("weft.executions.ended", "workflow", "status")]
    [InlineData("weft.node.runs", "kind", "agent", "status")]
    [InlineData("weft.model.calls", "provider", "model", "outcome")]
    [InlineData("weft.model.cost", "provider", "model")]
    [InlineData("weft.executions.stuck", "reason")]
    [InlineData("tool.executions", "tool_name", "status")]
    public void Metric_ComesByOtlp_WithItsLabels(string metric, params string[] labels)
    {
        var points = sent.Collector.Points.Where(p => p.Metric == metric).ToList();

        Assert.NotEmpty(points);
        Assert.All(points, p => Assert.Equal(labels.Order(StringComparer.Ordinal), p.Attributes.Keys.Order(StringComparer.Ordinal)));
    }

    /// <summary>The queries of the deployment, on what the workspace's table AppMetrics is filled with.</summary>
    [Theory]
    [InlineData("infra/modules/alerts.bicep")]
    [InlineData("infra/workbook.json")]
    public void Queries_FindTheirMetricsAndLabels_InApplicationInsights(string file)
    {
        var queries = Metric().Matches(File.ReadAllText(Build.Source(file)).Replace("\\\"", "\"", StringComparison.Ordinal))
            .Where(q => q.Groups["metric"].Value != Unmeasured).ToList();

        Assert.NotEmpty(queries);
        Assert.All(queries, query =>
        {
            var labels = Label().Matches(query.Value).ToList();
            Assert.Contains(MetricItems(), item =>
                (string?)item["metrics"]![0]!["name"] == query.Groups["metric"].Value
                && labels.All(l => (string?)item["properties"]?[l.Groups["name"].Value] is { } value
                    && (!l.Groups["value"].Success || value == l.Groups["value"].Value)));
        });
    }

    [Fact]
    public void FailedExecution_IsCountedAsOne_ThoughWorkersEnd() =>
        Assert.Equal(
            1,
            MetricItems().Where(i => (string?)i["metrics"]![0]!["name"] == "weft.executions.ended"
                && (string?)i["properties"]!["status"] == "failed").Sum(i => (double)i["metrics"]![0]!["value"]!));

    private List<ExportedSpan> TraceOf(string executionId) =>
        [.. sent.Collector.Spans.Where(s => s.TraceId == TraceIds.TraceOf(executionId).ToHexString())];

    private IEnumerable<JsonNode> MetricItems() =>
        sent.Collector.Items.Select(i => i["data"]!).Where(d => (string?)d["baseType"] == "MetricData").Select(d => d["baseData"]!);

    [GeneratedRegex("Name == \"(?<metric>[^\"]+)\".*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Metric();

    [GeneratedRegex("Properties\\[\"(?<name>\\w+)\"\\]\\)( == \"(?<value>[^\"]+)\")?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();
}
