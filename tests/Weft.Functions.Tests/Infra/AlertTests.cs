using System.Text.RegularExpressions;

namespace Weft.Functions.Tests.Infra;

/// <summary>Alerts and the workbook ask for what is there.</summary>
public sealed partial class AlertTests
{
    private static readonly string Source = string.Concat(ProjectFiles.Below("src", "*.cs").Select(File.ReadAllText));

    private static IEnumerable<PreviewedResource> Alerts => Preview.Prod.All("Microsoft.Insights/metricAlerts")
        .Concat(Preview.Prod.All("Microsoft.Insights/scheduledQueryRules"));

    [BicepFact]
    public void Alerts_OfProduction_AreWhatOperatorsWaitFor() =>
        Assert.Equal(
            ["weft-app-down", "weft-dead-letters", "weft-failed-executions", "weft-failed-requests", "weft-latency", "weft-model-budget",
                "weft-storage-throttling-ACCOUNT", "weft-storage-throttling-dACCOUNT", "weft-stuck-executions", "weft-unavailable",
                "weft-vault-throttling"],
            Alerts.Select(a => Account().Replace(a.Name, "-${d}ACCOUNT")).Order(StringComparer.Ordinal));

    [BicepFact]
    public void Alerts_OfProduction_ReachPeople()
    {
        var group = Preview.Prod.Only("Microsoft.Insights/actionGroups");

        Assert.Equal("ops@example.com", (string?)group.Properties["emailReceivers"]![0]!["emailAddress"]);
        Assert.All(Alerts, a => Assert.Contains(group.Id, a.Properties["actions"]!.ToJsonString(), StringComparison.Ordinal));
    }

    [BicepFact]
    public void Alerts_WithARunbook_NameAChapterOfThePage()
    {
        var chapters = Heading().Matches(ProjectFiles.Read("docs/operate.md"))
            .Select(m => m.Groups["text"].Value.ToLowerInvariant()).ToList();
        var named = Alerts.Select(a => Runbook().Match((string)a.Properties["description"]!)).Where(m => m.Success)
            .Select(m => m.Groups["text"].Value.ToLowerInvariant()).Distinct(StringComparer.Ordinal).ToList();

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(chapters, StringComparer.Ordinal));
    }

    [BicepFact]
    public void DeadLetters_OfAnswers_RaiseNoAlert()
    {
        var alert = Alerts.Single(a => a.Name == "weft-dead-letters");
        var queues = alert.Properties["criteria"]!["allOf"]![0]!["dimensions"]![0]!;

        Assert.Equal("EntityName", (string?)queues["name"]);
        Assert.Equal(["weft-start", "weft-start-sessions"], queues["values"]!.AsArray().Select(v => (string)v!));
    }

    [BicepFact]
    public void Throttling_OfEitherAccount_RaisesAnAlert() =>
        Assert.Equal(
            Preview.Prod.All("Microsoft.Storage/storageAccounts").Select(a => a.Id).Order(StringComparer.Ordinal),
            Alerts.Where(a => a.Name.StartsWith("weft-storage-throttling", StringComparison.Ordinal))
                .Select(a => (string)a.Properties["scopes"]![0]!).Order(StringComparer.Ordinal));

    [BicepFact]
    public void Queries_OfAlertsAndWorkbook_NameMetricsAndLabelsOfTheProduct()
    {
        var queries = Preview.Prod.All("Microsoft.Insights/scheduledQueryRules")
            .Select(r => (string)r.Properties["criteria"]!["allOf"]![0]!["query"]!)
            .Append((string)Preview.Prod.Only("Microsoft.Insights/workbooks").Properties["serializedData"]!).ToList();

        var metrics = queries.SelectMany(q => Metric().Matches(q)).Select(m => m.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        var labels = queries.SelectMany(q => Label().Matches(q)).Select(m => m.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);

        Assert.True(metrics.Count > 10);
        Assert.All(
            metrics,
            name => Assert.Matches($"Create(Counter|Histogram|ObservableGauge)(<\\w+>)?\\(\\s*\"{Regex.Escape(name)}\"", Source));
        Assert.True(labels.Count > 5);
        Assert.All(labels, name => Assert.Contains($"\"{name}\"", Source, StringComparison.Ordinal));
    }

    [BicepFact]
    public void Workbook_OfTheDeployment_AsksTheWorkspaceThatIsDeployed()
    {
        var data = (string)Preview.Prod.Only("Microsoft.Insights/workbooks").Properties["serializedData"]!;

        Assert.DoesNotContain("{workspace}", data, StringComparison.Ordinal);
        Assert.Contains(Preview.Prod.Only("Microsoft.OperationalInsights/workspaces").Id, data, StringComparison.Ordinal);
    }

    [GeneratedRegex("-(st(?<d>d?))[a-z0-9]{10}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Account();

    [GeneratedRegex(@"^## (?<text>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"Runbook: docs/operate\.md, (?<text>[^.]+)\.", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Runbook();

    [GeneratedRegex("""Name == \\?"(?<name>[^"\\]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Metric();

    [GeneratedRegex("""Properties\[\\?"(?<name>[^"\\]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();
}
