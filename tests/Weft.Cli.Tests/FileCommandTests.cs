using System.Text.Json.Nodes;
using Weft.EndToEnd.Harness;

namespace Weft.Cli.Tests;

/// <summary>Commands on files: validate, graph, schema.</summary>
public sealed class FileCommandTests : CliTest
{
    [Fact]
    public async Task Validate_TellsEveryFindingAtItsPlace()
    {
        var file = Write("broken.yaml", "name: broken\ntasks:\n  - id: a\n    agnet: simple\n  - id: a\n    agent: simple\n");

        var ended = await RunAsync("validate", file);

        AssertEnds(1, "1 file: ", ended);
        var lines = ended.Output.TrimEnd().Split('\n');
        Assert.True(lines.Length >= 2, ended.Output);
        Assert.All(lines, line => Assert.Matches(@"^.+broken\.yaml:\d+:\d+ WEFT\d{4} \S", line));
    }

    [Fact]
    public async Task Validate_OfAFolder_ChecksWorkflowsAndAgentCards()
    {
        var whole = await RunAsync("validate", Path.GetDirectoryName(Example("x"))!);
        AssertEnds(0, "14 files: 0 errors, 0 warnings.", whole);
        Assert.Empty(whole.Output);

        Write("flows/agents/broken.yaml", "name: broken\ntype: clever\n");
        AssertEnds(1, "1 file: 1 error, 0 warnings.", await RunAsync("validate", Folder.Below("flows")));
    }

    [Fact]
    public async Task Files_OfAProject_HaveWhatItsWorkflowsShare()
    {
        Write("shop/compozy.yaml",
            "name: shop\nversion: 1.0.0\nmodels:\n  - { provider: openai, model: gpt-4o-mini }\nworkflows:\n  - source: "
            + "./flows/greet.yaml\n");
        Write("shop/flows/greet.yaml", """
            name: greet
            agents:
              - id: greeter
                config: { $ref: 'global::models.#(model=="gpt-4o-mini")' }
                instructions: You greet.
            tasks:
              - { id: a, agent: greeter, prompt: Greet. }
            """);

        AssertEnds(0, "0 errors", await RunAsync("validate", Folder.Below("shop")));
        AssertEnds(0, "0 errors", await RunAsync("validate", Folder.Below("shop/flows/greet.yaml")));
        AssertEnds(0, string.Empty, await RunAsync("graph", Folder.Below("shop/flows/greet.yaml")));
        AssertEnds(0, "✓ a", await RunAsync("run", Folder.Below("shop/flows/greet.yaml"), "--sandbox", "--data", Data));

        Write("shop/flows/greet.yaml", "name: greet\ntasks: 7\n");
        var broken = await RunAsync("validate", Folder.Below("shop"));
        AssertEnds(1, "1 error", broken);
        Assert.Contains("greet.yaml:2:8", broken.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_OfNothing_Ends2() => AssertEnds(2, "There is no file or folder 'nope'.", await RunAsync("validate", "nope"));

    [Fact]
    public async Task Graph_DrawsInThreeForms()
    {
        var mermaid = await RunAsync("graph", Example("customer_support_advanced.yaml"));
        var dot = await RunAsync("graph", Example("customer_support_advanced.yaml"), "--format", "dot");
        var json = await RunAsync("graph", Example("customer_support_advanced.yaml"), "--format", "json");

        Assert.Equal((0, 0, 0), (mermaid.ExitCode, dot.ExitCode, json.ExitCode));
        Assert.StartsWith("flowchart", mermaid.Output, StringComparison.Ordinal);
        Assert.StartsWith("digraph \"customer_support_advanced\" {", dot.Output, StringComparison.Ordinal);
        var graph = JsonNode.Parse(json.Output)!;
        Assert.Contains(graph["nodes"]!.AsArray(), n => (string?)n!["id"] == "handle_return");
        Assert.Contains(graph["edges"]!.AsArray(), e => ((string?)e!["from"], (string?)e["to"]) == ("handle_return", "assemble_response"));
        Assert.All(new[] { mermaid.Output, dot.Output }, drawing => Assert.Contains("handle_return", drawing, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Graph_OfWhatIsNone_SaysSo()
    {
        AssertEnds(2, "There is no file 'nope.yaml'.", await RunAsync("graph", "nope.yaml"));
        AssertEnds(2, "'svg' not recognized", await RunAsync("graph", Example("hello-world.yaml"), "--format", "svg"));
        AssertEnds(1, "WEFT", await RunAsync("graph", Write("empty.yaml", "")));
    }

    [Theory]
    [InlineData("graph")]
    [InlineData("tasks")]
    [InlineData("steps")]
    [InlineData("project")]
    [InlineData("agent-card")]
    public async Task Schema_IsOneOfJsonSchema(string kind)
    {
        var ended = await RunAsync("schema", kind);

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("json-schema.org", (string?)JsonNode.Parse(ended.Output)!["$schema"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_OfAnUnknownKind_Ends2() => AssertEnds(2, "'frob' not recognized", await RunAsync("schema", "frob"));
}
