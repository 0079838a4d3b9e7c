using System.Text.Json.Nodes;
using Weft.EndToEnd.Harness;

namespace Weft.Cli.Tests;

/// <summary>Listings read what runs left in the data folder.</summary>
public sealed class ListingTests : CliTest
{
    [Fact]
    public async Task Listings_ShowWhatRan_AsTableAndAsJson()
    {
        var ran = JsonNode.Parse(
            (await RunAsync(
                "run", Example("hello-world.yaml"), "--sandbox", "--json", "--data", Data, "--input", """{"name":"Alice"}""")).Output)!;
        var id = (string)ran["execution_id"]!;

        var table = await RunAsync("executions", "--data", Data);
        var json = await RunAsync(
            "executions", "--data", Data, "--json", "--workflow", "hello-world", "--status", "completed", "--limit", "1");
        var none = await RunAsync("executions", "--data", Data, "--status", "failed");
        var one = await RunAsync("executions", id, "--data", Data);
        var costs = JsonNode.Parse((await RunAsync("costs", "--period", "daily", "--data", Data, "--json")).Output)!;

        Assert.Contains(id, table.Output, StringComparison.Ordinal);
        Assert.Contains("hello-world", table.Output, StringComparison.Ordinal);
        Assert.Equal(id, (string?)Assert.Single(JsonNode.Parse(json.Output)!["items"]!.AsArray())!["execution_id"]);
        Assert.Contains("None.", none.Output, StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(ran["trace"], JsonNode.Parse(one.Output)!["trace"]), one.Output);
        Assert.Equal(1, (int)costs["summary"]!["total_calls"]!);
        Assert.Equal((double)ran["total_cost_usd"]!, (double)costs["summary"]!["total_cost_usd"]!, 6);
    }

    [Fact]
    public async Task Listings_OfWhatTheProductKnows_AreTables()
    {
        var agents = await RunAsync("agents", "--data", Data);
        var agent = await RunAsync("agents", "simple", "--data", Data);
        var models = await RunAsync("models", "--data", Data);
        var apps = await RunAsync("tools", "--sandbox", "--data", Data);
        var actions = await RunAsync("tools", "shopify", "--sandbox", "--data", Data);

        Assert.Matches(@"(?m)^\s*simple_intent_classifier\s+simple\s+low", agents.Output);
        Assert.Equal("simple", (string?)JsonNode.Parse(agent.Output)!["type"]);
        Assert.Matches(@"(?m)^\s*gpt-4-turbo\s+openai\s+128000\s+0\.01\s+0\.03", models.Output);
        Assert.Contains("github", apps.Output, StringComparison.Ordinal);
        Assert.Contains("create_return", actions.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"items\"", agents.Output + models.Output + apps.Output + actions.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "execution_not_found", "executions", "no-such")]
    [InlineData(1, "agent_not_found", "agents", "no-such")]
    [InlineData(1, "unknown_app", "tools", "no-such", "--sandbox")]
    [InlineData(1, "invalid_parameter", "executions", "--status", "frob")]
    [InlineData(1, "invalid_parameter", "executions", "--limit", "0")]
    [InlineData(2, "--url: 'frob' is no address.", "executions", "--url", "frob")]
    [InlineData(2, "'yearly' not recognized", "costs", "--period", "yearly")]
    [InlineData(2, "'many'", "executions", "--limit", "many")]
    public async Task Listing_OfWhatIsNotThere_SaysSo(int code, string said, params string[] args) =>
        AssertEnds(code, said, await RunAsync([.. args, "--data", Data]));
}
