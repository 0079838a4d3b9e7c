using System.Text.Json.Nodes;
using Weft.Workflows.Contracts;

namespace Weft.Functions.Tests;

public sealed class FunctionTests
{
    /// <summary>Every function of the host: its name, its trigger with what that says. Below <c>/api</c>, as host.json has it.</summary>
    private static readonly Dictionary<string, string> Expected = new(StringComparer.Ordinal)
    {
        ["RunWorkflow"] = "orchestration",
        ["RunAgent"] = "orchestration",
        ["LoadWorkflow"] = "activity",
        ["RouteModel"] = "activity",
        ["CallModel"] = "activity",
        ["CallTool"] = "activity",
        ["Evaluate"] = "activity",
        ["ReadMemory"] = "activity",
        ["WriteMemory"] = "activity",
        ["RecordExecution"] = "activity",
        ["DispatchSignal"] = "activity",
        ["TerminateChild"] = "activity",
        ["StartExecution"] = "http post {version}/workflows/{workflowId}/executions function",
        ["ExecuteWorkflow"] = "http post {version}/workflows/execute function",
        ["GetExecution"] = "http get {version}/executions/{executionId} function",
        ["CancelExecution"] = "http post {version}/executions/{executionId}/cancel function",
        ["SignalExecution"] = "http post {version}/executions/{executionId}/signals function",
        ["ComposioCallback"] = "http get {version}/composio/callback anonymous",
        ["ReceiveHook"] = "http post {version}/hooks/{name} anonymous",
        ["Health"] = "http get {version}/health anonymous",
        ["HealthWithoutVersion"] = "http get health anonymous",
        ["WeftApi"] = "http get,post,put,delete {*path} function",
        ["StartFromQueue"] = "queue %WEFT_START_QUEUE% ServiceBusConnection settled by hand",
        ["StartFromSessionQueue"] = "queue %WEFT_SESSION_QUEUE% ServiceBusConnection sessions settled by hand",
        ["RunSchedules"] = "timer 0 * * * * *",
        ["SweepExecutions"] = "timer 30 */5 * * * *",
        ["RunOperations"] = "timer 45 */2 * * * *",
        ["CheckAgents"] = "timer 15 * * * * *",
    };

    private static readonly IReadOnlyList<FunctionEntry> Functions = FunctionEntry.ReadAll();

    [Fact]
    public void Functions_OfTheHost_AreTheExpectedOnes() =>
        Assert.Equal(
            Expected.Select(e => $"{e.Key}: {e.Value}").Order(StringComparer.Ordinal),
            Functions.Select(f => $"{f.Name}: {f.Trigger}").Order(StringComparer.Ordinal));

    [Fact]
    public void Functions_ByName_AreUniqueWhateverTheCase() =>
        Assert.Empty(Functions.GroupBy(f => f.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.Key));

    [Fact]
    public void Steps_OfTheProduct_AreAFunctionEach()
    {
        var steps = typeof(StepNames).GetFields()
            .Where(f => f.Name != nameof(StepNames.SignalEventName))
            .Select(f => (string)f.GetRawConstantValue()!);

        Assert.Empty(
            steps.Except(Functions.Where(f => f.Trigger is "activity" or "orchestration").Select(f => f.Name), StringComparer.Ordinal));
    }

    [Fact]
    public void Functions_ThatAreNoSteps_BringTheEnginesClient()
    {
        // Agents' health asks agents alone.
        var without = Functions.Where(f => f.Trigger is not ("activity" or "orchestration") && !f.BindsClient).Select(f => f.Name);

        Assert.Equal(["CheckAgents"], without.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Functions_ThatAnyoneMayCall_AreHealthAndWhatProvesItselfOtherwise() =>
        Assert.Equal(
            ["ComposioCallback", "Health", "HealthWithoutVersion", "ReceiveHook"],
            Functions.Where(f => f.Trigger.EndsWith(" anonymous", StringComparison.Ordinal)).Select(f => f.Name).Order(
                StringComparer.Ordinal));

    [Fact]
    public void HostJson_OfTheHost_FitsItsFunctions()
    {
        var host = JsonNode.Parse(ProjectFiles.Read("host.json"))!;
        var extensions = host["extensions"]!;

        Assert.Equal("2.0", (string?)host["version"]);
        Assert.Equal("api", (string?)extensions["http"]!["routePrefix"]);
        Assert.Equal("%TaskHub%", (string?)extensions["durableTask"]!["hubName"]);
        Assert.Equal("1.0", (string?)extensions["durableTask"]!["defaultVersion"]);
        Assert.False((bool?)extensions["durableTask"]!["tracing"]!["traceInputsAndOutputs"]);
        Assert.False((bool?)extensions["serviceBus"]!["autoCompleteMessages"]);
    }

    [Fact]
    public void HostJson_OfTheHost_LetsOthersTakeOverWithinAMinute()
    {
        var storage = JsonNode.Parse(ProjectFiles.Read("host.json"))!["extensions"]!["durableTask"]!["storageProvider"]!;

        // Less than a minute is refused for control queues; the extension's own default is five.
        Assert.Equal("00:01:00", (string?)storage["controlQueueVisibilityTimeout"]);
        Assert.Equal("00:01:00", (string?)storage["workItemQueueVisibilityTimeout"]);
    }

    [Fact]
    public void HostJson_OfTheHost_LeavesTellingOfExecutionsToTheWorker()
    {
        var host = JsonNode.Parse(ProjectFiles.Read("host.json"))!;

        Assert.Equal("OpenTelemetry", (string?)host["telemetryMode"]);
        Assert.False((bool?)host["extensions"]!["durableTask"]!["tracing"]!["distributedTracingEnabled"]);
        Assert.Equal("Warning", (string?)host["logging"]!["logLevel"]!["Host.Triggers.DurableTask"]);
    }

    [Fact]
    public void HostJson_OfTheHost_KeepsRequestsToStorageOutOfTheLogs()
    {
        var levels = JsonNode.Parse(ProjectFiles.Read("host.json"))!["logging"]!["logLevel"]!;

        Assert.Equal(("Warning", "Warning"), ((string?)levels["Azure"], (string?)levels["Azure.Core"]));
    }

    [Fact]
    public void HostJson_AndTheSettingsTemplate_GoIntoTheOutput()
    {
        var project = ProjectFiles.Read("src/Weft.Functions/Weft.Functions.csproj");

        Assert.Contains(
            """Include="$(HostFile)" Link="host.json" CopyToOutputDirectory="Always" """, project, StringComparison.Ordinal);
        Assert.Contains(
            """Include="../../local.settings.sample.json" Link="local.settings.json" CopyToOutputDirectory="PreserveNewest" CopyToPublishDirectory="Never" """.TrimEnd(), project, StringComparison.Ordinal);
    }
}
