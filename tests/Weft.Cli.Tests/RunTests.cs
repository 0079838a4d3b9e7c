using System.Text.Json.Nodes;
using Weft.EndToEnd.Harness;

namespace Weft.Cli.Tests;

public sealed class RunTests : CliTest
{
    [Fact]
    public async Task Run_ThatCompletes_ShowsTheAnswerAndWhatWasDoneForIt()
    {
        var ended = await RunAsync("run", Example("hello-world.yaml"), "--sandbox", "--data", Data, "--input", """{"name":"Alice"}""");

        AssertEnds(0, "✓ generate_greeting", ended);
        Assert.Contains("sandbox: providers and tools are simulated", ended.Error, StringComparison.Ordinal);
        Assert.Contains("Answer (sandbox):", ended.Output, StringComparison.Ordinal);
        Assert.Contains("generate_greeting", ended.Output, StringComparison.Ordinal);
        Assert.Matches(@"completed in \d+ ms for \$0\.\d{4} \(sandbox\)", ended.Output);
    }

    [Fact]
    public async Task Run_Json_PrintsTheDocumentAndNothingElse()
    {
        var ended =
            await ProcessAsync(null, null, "run", Example("hello-world.yaml"), "--sandbox", "--json", "--input", """{"name":"Alice"}""");

        AssertEnds(0, "generate_greeting", ended);
        var document = JsonNode.Parse(ended.Output)!.AsObject();
        Assert.Equal(("completed", true), ((string?)document["status"], (bool)document["sandbox"]!));
        Assert.True((double)document["total_cost_usd"]! > 0);
        Assert.Contains("Alice", (string?)document["output"]!["greeting"], StringComparison.Ordinal);
        Assert.True(document.ContainsKey("error"));
    }

    [Theory]
    [InlineData("Required command was not provided.")]
    [InlineData("Name a workflow file or id, or --resume an execution.", "run")]
    [InlineData("Name a workflow file or id, or --resume an execution.", "run", "a", "--resume", "b")]
    [InlineData("Unrecognized command or argument '--frob'", "run", "a", "--frob")]
    [InlineData("There is no file 'nope.yaml'.", "run", "nope.yaml", "--sandbox")]
    [InlineData("--input names the file 'nope.json', which does not exist.", "run", "a", "--sandbox", "--input", "@nope.json")]
    [InlineData("--input is no JSON", "run", "a", "--sandbox", "--input", "{")]
    [InlineData("--input must be a JSON object", "run", "a", "--sandbox", "--input", "[1]")]
    [InlineData("--context must be a JSON object", "run", "a", "--sandbox", "--context", "7")]
    [InlineData("--workflows names the folder 'nope', which does not exist.", "run", "a", "--workflows", "nope")]
    public async Task Run_CalledWrongly_Ends2AndSaysHow(string said, params string[] args)
    {
        AssertEnds(2, said, await RunAsync(args));
    }

    [Fact]
    public async Task Run_OfADefinitionWithFaults_Ends1AndPlacesEach()
    {
        var file = Write("broken.yaml", "name: broken\ntasks:\n  - id: a\n    agnet: simple\n");

        AssertEnds(1, "broken.yaml:4:5 WEFT1006 'agnet' is not a key of a basic task. Did you mean 'agent'?",
            await RunAsync("run", file, "--sandbox", "--data", Data));
    }

    [Theory]
    [InlineData("""{"name":""}""", "$.name: ")]
    [InlineData("""{"name":{"first":"Alice"}}""", "$.name: ")]
    [InlineData("{}", "name")]
    public async Task Run_WithInputThatDoesNotFit_Ends1AndNamesTheField(string input, string field)
    {
        AssertEnds(1, field, await RunAsync("run", Example("hello-world.yaml"), "--sandbox", "--data", Data, "--input", input));
    }

    [Fact]
    public async Task Run_ThatFails_Ends1AndSaysWhere()
    {
        var ended = await RunAsync(
            "run", Example("data-pipeline.yaml"), "--sandbox", "--data", Data, "--input", """{"sources":[{"name":"a","path":"/a"}]}""");

        AssertEnds(1, "✗ extract failed", ended);
        Assert.Contains("failed at extract: ", ended.Output, StringComparison.Ordinal);
        Assert.Contains("DATA_API_TOKEN", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OfAnUnknownWorkflow_Ends1()
    {
        AssertEnds(1, "workflow_not_found", await RunAsync("run", "no-such", "--sandbox", "--data", Data));
        AssertEnds(1, "execution_not_found", await RunAsync("run", "--resume", "no-such", "--sandbox", "--data", Data));
    }

    [Fact]
    public async Task Run_ById_TakesTheWorkflowFromItsFolder()
    {
        Write("flows/echo.yaml", "name: echo\ntasks:\n  - id: say\n    with: { text: '{{ .workflow.input.text }}' }\n");

        var ended = await RunAsync("run", "echo", "--workflows", Folder.Below("flows"), "--sandbox", "--data", Data, "--input",
            """{"text":"Zoë 👩‍🚀 \u200f\u0007 ﷽"}""", "--json");

        AssertEnds(0, "echo", ended);
        Assert.Equal("Zoë 👩‍🚀 \u200f\u0007 ﷽", (string?)JsonNode.Parse(ended.Output)!["output"]!["text"]);
    }

    [Fact]
    public async Task Input_FromAFileOrStandardInput_MayBeHuge()
    {
        var file = Write("echo.yaml", "name: echo\ntasks:\n  - id: say\n    with: { text: '{{ .workflow.input.text }}' }\n");
        var input = new JsonObject { ["text"] = new string('ж', 2_000_000) }.ToJsonString();
        Write("input.json", input);

        var fromFile = await ProcessAsync(null, null, "run", file, "--sandbox", "--json", "--input", "@input.json");
        var piped = await ProcessAsync(null, input, "run", file, "--sandbox", "--json", "--input", "@-");

        foreach (var ended in new[] { fromFile, piped })
        {
            AssertEnds(0, "say", ended);
            Assert.Equal(2_000_000, ((string)JsonNode.Parse(ended.Output)!["output"]!["text"]!).Length);
        }
    }

    [Fact]
    public async Task Run_Interrupted_CancelsForGoodAndEnds3()
    {
        await using var run = WeftProcess.Start(
            Folder.Path, null, "run", Example("approval.yaml"), "--sandbox", "--data", Data, "--input",
            """{"order_id":"12345","amount":80,"customer_id":"cust_789"}""");
        var first = await run.ErrorLineAsync("· execution ", Deadline);
        await run.ErrorLineAsync("waits for the signal 'ask_manager'", Deadline);

        run.Signal("INT");
        var ended = await run.EndAsync(Deadline);

        AssertEnds(3, "Cancelling the execution", ended);
        var id = first.Split("· execution ")[1].Split(' ')[0];
        var later = await RunAsync("executions", id, "--data", Data);
        Assert.Equal("cancelled", (string?)JsonNode.Parse(later.Output)!["status"]);
    }
}
