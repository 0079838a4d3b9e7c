using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Weft.Runtime.Executions;
using Weft.Workflows.Durable;

namespace Weft.Api.Tests;

public sealed class ExecutionApiTests(SharedApiHost shared) : IClassFixture<SharedApiHost>
{
    private ApiHost Host => shared.Host;

    [Fact]
    public async Task Execute_WaitsAndAnswersTheDocument()
    {
        var done = await Host.PostAsync(
            "workflows/execute", """{"workflow_id": "greet", "input_data": {"name": "Ada"}, "context": {"conversation_id": "c1"}}""");

        Assert.Equal(HttpStatusCode.OK, done.Status);
        Assert.Equal("completed", done.Json["status"]!.GetValue<string>());
        Assert.Equal("Ada", done.Json["output"]!["input"]!["name"]!.GetValue<string>());
        Assert.Equal(1, done.Json["output"]!["input"]!["times"]!.GetValue<int>());
        Assert.Equal("c1", done.Json["output"]!["context"]!["conversation_id"]!.GetValue<string>());
        Assert.True(done.Json.AsObject().ContainsKey("error"));
        Assert.Equal(2, done.Json["trace"]!["nodes"]!.AsArray().Count);
    }

    [Fact]
    public async Task Execute_ThatFails_AnswersTheDocumentWithItsError()
    {
        var done = await Host.PostAsync("workflows/execute", """{"workflow_id": "greet", "input_data": {"name": "Ada", "mode": "fail"}}""");

        Assert.Equal(HttpStatusCode.OK, done.Status);
        Assert.Equal("failed", done.Json["status"]!.GetValue<string>());
        Assert.Equal("tool_failed", done.Json["error"]!["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task Execute_ThatTakesLongerThanTheWait_Is202WithItsLinks()
    {
        var running =
            await Host.PostAsync("workflows/execute?wait=0", """{"workflow_id": "greet", "input_data": {"name": "Ada", "mode": "wait"}}""");

        Assert.Equal(HttpStatusCode.Accepted, running.Status);
        var id = running.Json["execution_id"]!.GetValue<string>();
        Assert.Equal($"/api/v1/executions/{id}", running.Headers.Location!.OriginalString);
        Assert.Equal($"/api/v1/executions/{id}/events", running.Json["links"]!["events"]!.GetValue<string>());
        await Host.PostAsync($"executions/{id}/cancel");
    }

    [Theory]
    [InlineData("""{"workflow_id": 5, "input_data": {"name": "Ada"}}""", "$.workflow_id")]
    [InlineData("""{"input_data": {"name": "Ada"}}""", "$.workflow_id")]
    [InlineData("""{"workflow_id": "greet", "input_data": "Ada"}""", "$.input_data")]
    [InlineData("""{"workflow_id": "greet", "input_data": {"name": "Ada"}, "context": []}""", "$.context")]
    [InlineData("""{"workflow_id": "greet", "inputData": {"name": "Ada"}}""", "$.inputData")]
    [InlineData("""[1]""", "$")]
    [InlineData("\"text\"", "$")]
    public async Task Execute_WithABodyOfTheWrongForm_Is400WithTheJsonPath(string body, string path)
    {
        var refused = await Host.PostAsync("workflows/execute", body);

        refused.ShouldBe(400, "invalid_body");
        Assert.Contains(refused.Json["errors"]!.AsArray(), e => e!["path"]!.GetValue<string>() == path);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"a\": 1,}")]
    [InlineData("{\"a\": 1, \"a\": 2}")]
    [InlineData("not json")]
    public async Task Execute_WithMalformedJson_Is400(string body) =>
    (await Host.PostAsync("workflows/execute", body)).ShouldBe(400, "malformed_json");

    [Fact]
    public async Task Execute_WithJsonNestedTooDeep_Is400() =>
        (await Host.PostAsync("workflows/execute", new string('[', 5000) + new string(']', 5000))).ShouldBe(400, "malformed_json");

    [Fact]
    public async Task Execute_AsAForm_Is415AndSaysWhatToSend()
    {
        var refused = await Host.SendAsync(HttpMethod.Post, "workflows/execute", "a=b", "application/x-www-form-urlencoded");

        refused.ShouldBe(415, "unsupported_media_type");
        Assert.Contains("application/json", refused.Text);
    }

    [Fact]
    public async Task Execute_OfAnUnknownWorkflow_Is404() =>
        (await Host.PostAsync("workflows/execute", """{"workflow_id": "nothing", "input_data": {}}""")).ShouldBe(404, "workflow_not_found");

    [Fact]
    public async Task Start_WithAnInputThatDoesNotFit_Is422WithEveryFault()
    {
        var refused = await Host.PostAsync("workflows/greet/executions", """{"input": {"name": "", "times": "many"}}""");

        refused.ShouldBe(422, "invalid_input");
        Assert.Equal(["$.name", "$.times"], refused.Json["errors"]!.AsArray().Select(e => e!["path"]!.GetValue<string>()).Order());
    }

    [Fact]
    public async Task Start_WithAForgedStoredPayload_Is422()
    {
        var forged =
            """{"name": {"$payload": "sha256:0000000000000000000000000000000000000000000000000000000000000000", "bytes": 1, "preview": ""}}""";

        (await Host.PostAsync("workflows/greet/executions", forged)).ShouldBe(422, "invalid_input");
    }

    [Theory]
    [InlineData("""{"name": "Ada"}""")]
    [InlineData("""{"input": {"name": "Ada"}}""")]
    [InlineData("""{"input": {"name": "Ada"}, "context": {}}""")]
    public async Task Start_TakesTheEnvelopeAndTheBareInput(string body)
    {
        var started = await Host.PostAsync("workflows/greet/executions", body);

        Assert.Equal(HttpStatusCode.Accepted, started.Status);
        var document = await Host.AwaitStatusAsync(started.Json["execution_id"]!.GetValue<string>(), "completed");
        Assert.Equal("Ada", document["input"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Start_WithALargeInput_IsReadBackWhole()
    {
        var large = new string('x', 500_000);

        var started =
            await Host.PostAsync("workflows/greet/executions", new JsonObject { ["name"] = large, ["mode"] = "echo" }.ToJsonString());

        var document = await Host.AwaitStatusAsync(started.Json["execution_id"]!.GetValue<string>(), "completed");
        Assert.Equal(large, document["input"]!["name"]!.GetValue<string>());
        Assert.Equal(large, document["output"]!["input"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Start_WithOneKeyManyTimesAtOnce_StartsOneExecution()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ =>
            Host.PostAsync("workflows/greet/executions", """{"name": "Ada"}""", ("Idempotency-Key", "key-1"))));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Accepted, a.Status));
        Assert.Single(answers.Select(a => a.Json["execution_id"]!.GetValue<string>()).Distinct());
    }

    [Fact]
    public async Task Start_WithAUsedKeyAndAnotherInput_Is409()
    {
        await Host.PostAsync("workflows/greet/executions", """{"name": "Ada"}""", ("Idempotency-Key", "key-2"));

        var refused = await Host.PostAsync("workflows/greet/executions", """{"name": "Bob"}""", ("Idempotency-Key", "key-2"));

        refused.ShouldBe(409, "idempotency_key_reused");
    }

    [Fact]
    public async Task Start_WithAKeyThatIsTooLong_Is400() =>
        (await Host.PostAsync("workflows/greet/executions", """{"name": "Ada"}""", ("Idempotency-Key", new string('k', 300)))).ShouldBe(
            400, "invalid_idempotency_key");

    [Theory]
    [InlineData("executions/nothing")]
    [InlineData("executions/nothing/trace")]
    [InlineData("executions/nothing/events")]
    [InlineData("executions/%01")]
    [InlineData("executions/workflows/nothing")]
    public async Task Read_AnUnknownExecution_Is404(string path) => (await Host.GetAsync(path)).ShouldBe(404, "execution_not_found");

    [Theory]
    [InlineData("cancel")]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("rerun")]
    public async Task Steer_AnUnknownExecution_Is404(string action) =>
    (await Host.PostAsync($"executions/nothing/{action}")).ShouldBe(404, "execution_not_found");

    [Fact]
    public async Task Cancel_Twice_IsTheSameCancelledDocument()
    {
        var id = await Host.StartExecutionAsync("wait");
        await Host.AwaitStatusAsync(id, "running");

        var first = await Host.PostAsync($"executions/{id}/cancel", """{"reason": "not needed"}""");
        var second = await Host.PostAsync($"executions/{id}/cancel");

        Assert.Equal("cancelled", first.Json["status"]!.GetValue<string>());
        Assert.Equal(first.Text, second.Text);
        Assert.Contains("not needed", first.Json["error"]!["message"]!.GetValue<string>());
        var listed = await Host.GetAsync("executions?status=cancelled");
        Assert.Contains(listed.Json["items"]!.AsArray(), e => e!["execution_id"]!.GetValue<string>() == id);
    }

    [Fact]
    public async Task Cancel_OfACompletedExecution_Is409()
    {
        var id = await Host.StartExecutionAsync("echo");
        await Host.AwaitStatusAsync(id, "completed");

        (await Host.PostAsync($"executions/{id}/cancel")).ShouldBe(409, "execution_ended");
    }

    [Fact]
    public async Task PauseAndResume_ShowInTheDocumentAndTheLists()
    {
        var id = await Host.StartExecutionAsync("wait");
        await Host.AwaitStatusAsync(id, "running");

        var paused = await Host.PostAsync($"executions/{id}/pause");
        var listed = await Host.GetAsync("executions?status=paused");
        var resumed = await Host.PostAsync($"executions/{id}/resume");

        Assert.Equal("paused", paused.Json["status"]!.GetValue<string>());
        Assert.Contains(listed.Json["items"]!.AsArray(), e => e!["execution_id"]!.GetValue<string>() == id);
        Assert.Equal("running", resumed.Json["status"]!.GetValue<string>());
        await Host.PostAsync($"executions/{id}/cancel");
    }

    [Fact]
    public async Task Signal_ReachesTheExecutionThatWaits()
    {
        var id = await Host.StartExecutionAsync("wait");
        await Host.AwaitStatusAsync(id, "running");

        var sent = await Host.PostAsync($"executions/{id}/signals", """{"signal_name": "go", "data": {"approved": true}}""");

        Assert.Equal(HttpStatusCode.Accepted, sent.Status);
        var document = await Host.AwaitStatusAsync(id, "completed");
        Assert.True(document["output"]!["signal"]!["approved"]!.GetValue<bool>());
        (await Host.PostAsync($"executions/{id}/signals", """{"signal_name": "go"}""")).ShouldBe(409, "execution_ended");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"signal_name": ""}""")]
    [InlineData("""{"signal_name": 7}""")]
    public async Task Signal_WithoutAName_Is400(string body)
    {
        var id = await Host.StartExecutionAsync("echo");

        (await Host.PostAsync($"executions/{id}/signals", body)).ShouldBe(400, "invalid_body");
    }

    [Fact]
    public async Task Rerun_FromANode_AdoptsWhatFinishedBeforeIt()
    {
        var id = await Host.StartExecutionAsync("echo");
        await Host.AwaitStatusAsync(id, "completed");

        var started = await Host.PostAsync($"executions/{id}/rerun", """{"from_node": "shout"}""");

        var document = await Host.AwaitStatusAsync(started.Json["execution_id"]!.GetValue<string>(), "completed");
        var nodes = document["trace"]!["nodes"]!.AsArray();
        Assert.Equal("adopted", nodes.Single(n => n!["node_id"]!.GetValue<string>() == "hello")!["reason"]!.GetValue<string>());
        Assert.Null(nodes.Single(n => n!["node_id"]!.GetValue<string>() == "shout")!["reason"]);
        Assert.Equal("hello!", document["outputs"]!["hello"]!["output"]!.GetValue<string>());
    }

    [Fact]
    public async Task Rerun_FromAnUnknownNode_Is422WithTheNearestOne()
    {
        var id = await Host.StartExecutionAsync("echo");
        await Host.AwaitStatusAsync(id, "completed");

        var refused = await Host.PostAsync($"executions/{id}/rerun", """{"from_node": "shot"}""");

        refused.ShouldBe(422, "unknown_node");
        Assert.Contains("Did you mean 'shout'?", refused.Text);
    }

    [Fact]
    public async Task Rerun_OfARunningExecution_Is409()
    {
        var id = await Host.StartExecutionAsync("wait");
        await Host.AwaitStatusAsync(id, "running");

        (await Host.PostAsync($"executions/{id}/rerun")).ShouldBe(409, "execution_running");
        await Host.PostAsync($"executions/{id}/cancel");
    }

    [Fact]
    public async Task Read_AnExecutionWhoseOrchestratorBroke_IsAFailedDocument()
    {
        var id = await Host.StartExecutionAsync("crash");

        var document = await Host.AwaitStatusAsync(id, "failed");

        Assert.Contains("The orchestrator broke.", document["error"]!["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task Sweep_RecordsAnEndThatNobodyRead()
    {
        await using var host = await ApiHost.StartAsync();
        await host.PutWorkflowAsync("greet", Texts.Greet());
        var id = await host.StartExecutionAsync("crash");
        var client = host.Services.GetRequiredService<IOrchestrationClient>();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await client.WaitForCompletionAsync(id, deadline.Token);
        Assert.Single((await host.GetAsync("executions?status=running")).Json["items"]!.AsArray());
        var later = new LaterClock(TimeSpan.FromHours(1));
        using var sweep = ActivatorUtilities.CreateInstance<ExecutionSweep>(host.Services, later);

        await sweep.SweepAsync(deadline.Token);

        Assert.Empty((await host.GetAsync("executions?status=running")).Json["items"]!.AsArray());
        Assert.Single((await host.GetAsync("executions?status=failed")).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task List_OfAWorkflow_PagesByCursorNewestFirst()
    {
        await Host.PutWorkflowAsync("listed", Texts.Greet("listed"));
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            var done = await Host.PostAsync("workflows/execute", """{"workflow_id": "listed", "input_data": {"name": "Ada"}}""");
            ids.Add(done.Json["execution_id"]!.GetValue<string>());
        }

        var seen = new List<string>();
        for (string? cursor = null; seen.Count < 10;)
        {
            var page = await Host.GetAsync($"workflows/listed/executions?limit=2{(cursor is null ? "" : "&cursor=" + cursor)}");
            seen.AddRange(page.Json["items"]!.AsArray().Select(e => e!["execution_id"]!.GetValue<string>()));
            cursor = page.Json["next_cursor"]?.GetValue<string>();
            if (cursor is null)
            {
                break;
            }
        }

        Assert.Equal(ids.AsEnumerable().Reverse(), seen);
    }

    [Theory]
    [InlineData("executions?limit=0", "invalid_parameter")]
    [InlineData("executions?limit=ten", "invalid_parameter")]
    [InlineData("executions?status=done", "invalid_parameter")]
    [InlineData("executions?from=yesterday", "invalid_parameter")]
    [InlineData("executions?cursor=nonsense", "invalid_cursor")]
    public async Task List_WithAWrongParameter_Is400(string path, string code) => (await Host.GetAsync(path)).ShouldBe(400, code);

    [Fact]
    public async Task List_OfAnUnknownWorkflow_Is404() =>
    (await Host.GetAsync("workflows/nothing/executions")).ShouldBe(404, "workflow_not_found");

    private sealed class LaterClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
