using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Weft.Language;

namespace Weft.Api.Tests;

public sealed class OperationsApiTests(SharedApiHost shared) : IClassFixture<SharedApiHost>
{
    private ApiHost Host => shared.Host;

    [Theory]
    [InlineData("health")]
    [InlineData("readiness")]
    [InlineData("metrics")]
    [InlineData("openapi/v1.json")]
    [InlineData("../v0/health")]
    [InlineData("../../health")]
    [InlineData("../../readiness")]
    [InlineData("../../metrics")]
    [InlineData("../../openapi/v1.json")]
    public async Task Operations_AnswerWithAndWithoutThePrefix(string path) =>
    Assert.Equal(HttpStatusCode.OK, (await Host.GetAsync(path)).Status);

    [Fact]
    public async Task OpenApi_DescribesEachRouteOnce()
    {
        var document = (await Host.GetAsync("openapi/v1.json")).Json;

        var paths = document["paths"]!.AsObject().Select(p => p.Key).ToList();
        Assert.Contains("/api/v1/workflows/execute", paths);
        Assert.Contains("/api/v1/executions/{id}", paths);
        Assert.DoesNotContain(paths, p => p.StartsWith("/api/v0", StringComparison.Ordinal));
        var schema = document["components"]!["schemas"]!["ExecutionDocument"]!["properties"]!.AsObject();
        Assert.Contains("execution_id", schema.Select(p => p.Key));
    }

    [Theory]
    [InlineData("/api/v1/workflows/{id}", "put", "200 201 422")]
    [InlineData("/api/v1/workflows/execute", "post", "200 202")]
    [InlineData("/api/v1/agents/{name}", "put", "200 201")]
    [InlineData("/api/v1/schedules/{id}", "put", "200 201")]
    [InlineData("/api/v1/schedules/{id}", "delete", "204")]
    [InlineData("/api/v1/hooks/{name}", "post", "200 202")]
    [InlineData("/api/v1/readiness", "get", "200 503")]
    public async Task OpenApi_OfARoute_SaysWhichStatusesItAnswers(string path, string method, string expected)
    {
        var document = (await Host.GetAsync("openapi/v1.json")).Json;

        var statuses = document["paths"]![path]![method]!["responses"]!.AsObject().Select(r => r.Key).Order(StringComparer.Ordinal);
        Assert.Equal(expected, string.Join(' ', statuses));
    }

    /// <summary>Typed answers are written with the options of the framework, records with the product's.</summary>
    [Fact]
    public void Answers_HaveTheJsonFormOfRecords()
    {
        using var services = new ServiceCollection().AddWeftApi().BuildServiceProvider();

        var answers = services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;

        var settings = typeof(JsonSerializerOptions).GetProperties().Where(p => p.CanWrite && p.Name != nameof(answers.TypeInfoResolver));
        Assert.All(settings,
            setting => Assert.Equal((setting.Name, setting.GetValue(WeftJson.Options)), (setting.Name, setting.GetValue(answers))));
        Assert.Equal(WeftJson.Options.Converters, answers.Converters);
    }

    [Fact]
    public async Task Metrics_CountExecutionsAndNodeRuns()
    {
        await Host.PostAsync("workflows/execute", """{"workflow_id": "greet", "input_data": {"name": "Ada"}}""");

        var text = (await Host.GetAsync("metrics")).Text;

        Assert.Matches("""weft_executions_ended_total\{status="completed",workflow="greet"\} \d+""", text);
        Assert.Matches("""weft_execution_duration_seconds_bucket\{workflow="greet",le="\+Inf"\} \d+""", text);
        Assert.Contains("# TYPE weft_node_runs_total counter", text);
    }

    [Fact]
    public async Task Metrics_OfAHost_AreItsOwn_AndListedBeforeAnythingHappened()
    {
        await using var other = await ApiHost.StartAsync();
        await Host.PostAsync("workflows/execute", """{"workflow_id": "greet", "input_data": {"name": "Ada"}}""");

        var text = (await other.GetAsync("metrics")).Text;

        Assert.Contains("# TYPE weft_executions_ended_total counter", text);
        Assert.DoesNotContain("weft_executions_ended_total{", text);
    }
}
