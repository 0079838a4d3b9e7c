using System.Net;

namespace Weft.Api.Tests;

public sealed class AgentApiTests(SharedApiHost shared) : IClassFixture<SharedApiHost>
{
    private const string Card = "name: triage\ntype: simple\ncapabilities: [vision]\ncost_tier: low\n";

    private ApiHost Host => shared.Host;

    [Fact]
    public async Task PutListReadDelete_AreARoundTrip()
    {
        var put = await Host.SendAsync(HttpMethod.Put, "agents/triage", Card, "application/yaml");
        var listed = await Host.GetAsync("agents?capability=vision&cost_tier=low&healthy_only=true");
        var alias = await Host.GetAsync("workflows/agents?capability=vision");
        var read = await Host.GetAsync("agents/triage");
        var deleted = await Host.SendAsync(HttpMethod.Delete, "agents/triage");

        Assert.Equal(HttpStatusCode.Created, put.Status);
        Assert.Equal("triage", Assert.Single(listed.Json["items"]!.AsArray())!["name"]!.GetValue<string>());
        Assert.Equal(listed.Text, alias.Text);
        Assert.True(read.Json["is_healthy"]!.GetValue<bool>());
        Assert.Equal(HttpStatusCode.NoContent, deleted.Status);
        (await Host.GetAsync("agents/triage")).ShouldBe(404, "agent_not_found");
    }

    [Theory]
    [InlineData("name: other\ntype: simple\ncost_tier: low\n")]
    [InlineData("name: triage\ntype: simpel\ncost_tier: low\n")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task Put_ACardThatDoesNotFit_Is422(string card) =>
        (await Host.SendAsync(HttpMethod.Put, "agents/triage", card, "application/yaml")).ShouldBe(422, "invalid_definition");

    [Fact]
    public async Task Delete_OfABuiltInAgent_Is409() =>
    (await Host.SendAsync(HttpMethod.Delete, "agents/simple")).ShouldBe(409, "agent_not_put");

    [Fact]
    public async Task Start_OfAWorkflowWithAnUnknownAgent_Is422()
    {
        await Host.PutWorkflowAsync("orphan", Texts.Greet("orphan").Replace("agent: simple", "agent: nobody"));

        (await Host.PostAsync("workflows/orphan/executions", """{"name": "Ada"}""")).ShouldBe(422, "unknown_agent");
    }
}
