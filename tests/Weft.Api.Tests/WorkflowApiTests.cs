using System.Net;
using System.Text.Json.Nodes;

namespace Weft.Api.Tests;

public sealed class WorkflowApiTests(SharedApiHost shared) : IClassFixture<SharedApiHost>
{
    private ApiHost Host => shared.Host;

    [Fact]
    public async Task Put_NewThenSameThenChanged_Is201Then200AndTheRevisionGrowsOnce()
    {
        var created = await Host.PutWorkflowAsync("grows", Texts.Greet("grows"));
        var same = await Host.PutWorkflowAsync("grows", Texts.Greet("grows"));
        var changed = await Host.PutWorkflowAsync("grows", Texts.Greet("grows", "other"));

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal(HttpStatusCode.OK, same.Status);
        Assert.Equal([1, 1, 2], new[] { created, same, changed }.Select(a => a.Json["version"]!.GetValue<int>()));
        Assert.Equal(created.Json["content_hash"]!.GetValue<string>(), same.Json["content_hash"]!.GetValue<string>());
        Assert.NotNull(created.Json["diagnostics"]);
    }

    [Fact]
    public async Task Put_AsJson_IsTheSameWorkflow()
    {
        const string Json =
            """{"name": "as_json", "workflow": {"nodes": [{"id": "a", "agent": "simple", "prompt_template": "x"}], "edges": []}}""";

        var put = await Host.SendAsync(HttpMethod.Put, "workflows/as_json", Json);

        Assert.Equal(HttpStatusCode.Created, put.Status);
    }

    [Fact]
    public async Task Put_AWorkflowWithFaults_Is422WithEveryFaultAndItsPlace()
    {
        var put = await Host.PutWorkflowAsync(
            "broken", Texts.Greet("broken").Replace("to: shout", "to: shot").Replace("agent: simple\n", "agnet: simple\n"));

        put.ShouldBe(422, "invalid_definition");
        Assert.True(put.Json["errors"]!.AsArray().Count >= 2);
        Assert.All(put.Json["diagnostics"]!.AsArray(), d => Assert.True(d!["line"]!.GetValue<int>() > 0));
        Assert.Equal(HttpStatusCode.NotFound, (await Host.GetAsync("workflows/broken")).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n")]
    public async Task Put_AnEmptyBody_Is400(string body) =>
    (await Host.SendAsync(HttpMethod.Put, "workflows/empty", body, "application/yaml")).ShouldBe(400, "empty_body");

    [Fact]
    public async Task Put_OfAPicture_Is415() =>
    (await Host.SendAsync(HttpMethod.Put, "workflows/x", "x", "image/png")).ShouldBe(415, "unsupported_media_type");

    [Fact]
    public async Task Put_OfMoreThanTheLimit_Is413()
    {
        var put = await Host.PutWorkflowAsync("huge", Texts.Greet("huge", new string('x', 5 * 1024 * 1024)));

        put.ShouldBe(413, "body_too_large");
    }

    [Fact]
    public async Task Put_UnderAnotherId_Is422WithBothNames()
    {
        var put = await Host.PutWorkflowAsync("one", Texts.Greet("two"));

        put.ShouldBe(422, "invalid_definition");
        Assert.Contains("'one'", put.Text);
        Assert.Contains("'two'", put.Text);
    }

    [Fact]
    public async Task Get_AnUnknownWorkflow_Is404WithTheNearestName()
    {
        var got = await Host.GetAsync("workflows/gret");

        got.ShouldBe(404, "workflow_not_found");
        Assert.Contains("Did you mean 'greet'?", got.Text);
    }

    [Fact]
    public async Task Get_AsYaml_IsTheTextAsItWasWritten()
    {
        var got = await Host.GetAsync("workflows/greet", ("Accept", "application/yaml"));

        Assert.Equal(Texts.Greet(), got.Text);
    }

    [Fact]
    public async Task Get_AnOlderVersion_IsWhatItWasThen()
    {
        await Host.PutWorkflowAsync("history", Texts.Greet("history", "first"));
        await Host.PutWorkflowAsync("history", Texts.Greet("history", "second"));

        var first = await Host.GetAsync("workflows/history?version=1");
        var versions = await Host.GetAsync("workflows/history/versions");

        Assert.Equal("first", first.Json["definition"]!["body"]!["nodes"]![0]!["step"]!["prompt"]!.GetValue<string>());
        Assert.Equal([2, 1], versions.Json["items"]!.AsArray().Select(v => v!["version"]!.GetValue<int>()));
        (await Host.GetAsync("workflows/history?version=9")).ShouldBe(404, "version_not_found");
        (await Host.GetAsync("workflows/history?version=zero")).ShouldBe(400, "invalid_parameter");
    }

    [Fact]
    public async Task Delete_ThenDeleteAgain_Is204Then404()
    {
        await Host.PutWorkflowAsync("gone", Texts.Greet("gone"));

        Assert.Equal(HttpStatusCode.NoContent, (await Host.SendAsync(HttpMethod.Delete, "workflows/gone")).Status);
        (await Host.SendAsync(HttpMethod.Delete, "workflows/gone")).ShouldBe(404, "workflow_not_found");
    }

    [Fact]
    public async Task List_IsInOrderOfIdsAndPagesByCursor()
    {
        await Host.PutWorkflowAsync("aa", Texts.Greet("aa"));
        await Host.PutWorkflowAsync("ab", Texts.Greet("ab"));

        var first = await Host.GetAsync("workflows?limit=1");
        var second = await Host.GetAsync("workflows?limit=1&cursor=" + first.Json["next_cursor"]!.GetValue<string>());

        Assert.Equal("aa", first.Json["items"]![0]!["id"]!.GetValue<string>());
        Assert.Equal("ab", second.Json["items"]![0]!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Validate_TellsFaultsWithoutRegistering()
    {
        var good = await Host.SendAsync(HttpMethod.Post, "workflows/validate", Texts.Greet("tried"), "application/yaml");
        var bad = await Host.SendAsync(HttpMethod.Post, "workflows/validate", "workflow: 5", "application/yaml");

        Assert.True(good.Json["valid"]!.GetValue<bool>());
        Assert.False(bad.Json["valid"]!.GetValue<bool>());
        Assert.NotEmpty(bad.Json["diagnostics"]!.AsArray());
        (await Host.GetAsync("workflows/tried")).ShouldBe(404, "workflow_not_found");
    }

    [Theory]
    [InlineData("mermaid", "flowchart TD")]
    [InlineData("dot", "digraph \"greet\"")]
    [InlineData("json", "\"edges\":")]
    public async Task Graph_IsDrawnInEachFormat(string format, string says)
    {
        var drawn = await Host.GetAsync("workflows/greet/graph?format=" + format);

        Assert.Contains(says, drawn.Text);
        Assert.Contains("hello", drawn.Text);
    }

    [Fact]
    public async Task Graph_InAnUnknownFormat_Is400() =>
    (await Host.GetAsync("workflows/greet/graph?format=png")).ShouldBe(400, "invalid_parameter");

    [Fact]
    public async Task Parts_OfADefinition_AreListedAndRead()
    {
        var tasks = await Host.GetAsync("workflows/greet/tasks");
        var agents = await Host.GetAsync("workflows/greet/agents");

        Assert.Equal(["hello", "shout"], tasks.Json["items"]!.AsArray().Select(t => t!["id"]!.GetValue<string>()));
        Assert.Equal("simple", Assert.Single(agents.Json["items"]!.AsArray())!["name"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, (await Host.GetAsync("workflows/greet/tasks/hello")).Status);
        Assert.Empty((await Host.GetAsync("workflows/greet/tools")).Json["items"]!.AsArray());
        (await Host.GetAsync("workflows/greet/tasks/helo")).ShouldBe(404, "part_not_found");
    }

    [Fact]
    public async Task BothVersionsOfTheApi_AreTheSame()
    {
        var v0 = await Host.GetAsync("/../v0/workflows/greet");
        var v1 = await Host.GetAsync("workflows/greet");

        Assert.Equal(v1.Text, v0.Text);
    }
}
