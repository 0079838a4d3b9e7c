using System.Net;
using System.Text.Json.Nodes;
using Weft.EndToEnd.Harness;
using Weft.Sandbox;
using Weft.Workflows.Contracts;
using static Weft.EndToEnd.Harness.Texts;

namespace Weft.EndToEnd;

/// <summary>The API of a server that really runs, over real orchestrations.</summary>
[Collection(ServerCollection.Name)]
public sealed class ServerTests(SharedServer shared) : IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));

    private WeftServer Server => shared.Server;

    [Fact]
    public async Task Execute_ThatEndsInTime_AnswersTheDocument()
    {
        var answer = await Server.PostAsync(
            "workflows/execute", Json("""{"workflow_id":"nested-everything","input_data":{"teams":[]}}"""), _deadline.Token);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("completed", (string?)answer.Json["status"]);
        foreach (var field in new[] { "execution_id", "workflow_version", "started_at", "completed_at", "duration_ms", "total_cost_usd",
            "sandbox", "input", "outputs", "output", "error", "trace" })
        {
            Assert.True(answer.Json.AsObject().ContainsKey(field), field);
        }
    }

    [Fact]
    public async Task Execute_ThatTakesLonger_AnswersWhereToLook()
    {
        var answer = await Server.PostAsync("workflows/execute?wait=0", Approval(80), _deadline.Token);

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        var id = (string)answer.Json["execution_id"]!;
        Assert.Equal($"/api/v1/executions/{id}",
            answer.Headers.Location!.IsAbsoluteUri ? answer.Headers.Location.AbsolutePath : answer.Headers.Location.OriginalString);
        foreach (var (name, link) in answer.Json["links"]!.AsObject())
        {
            if (name is not ("cancel" or "events"))
            {
                Assert.Equal(HttpStatusCode.OK, (await Server.GetAsync((string)link!, _deadline.Token)).Status);
            }
        }

        var cancelled = await Server.PostAsync((string)answer.Json["links"]!["cancel"]!, new JsonObject(), _deadline.Token);
        Assert.Equal("cancelled", (string?)cancelled.Json["status"]);
    }

    [Fact]
    public async Task Start_RepeatedWithItsKey_AnswersTheFirstExecution()
    {
        var key = Guid.NewGuid().ToString();
        var body = Json("""{"input":{"teams":[]},"context":{}}""");

        var first = await Server.PostAsync("workflows/nested-everything/executions", body, _deadline.Token, ("Idempotency-Key", key));
        var second = await Server.PostAsync("workflows/nested-everything/executions", body, _deadline.Token, ("Idempotency-Key", key));
        var other = await Server.PostAsync("workflows/nested-everything/executions",
            Json("""{"input":{"teams":[{"name":"red","scores":[1]}]}}"""), _deadline.Token, ("Idempotency-Key", key));

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (first.Status, second.Status));
        Assert.Equal((string)first.Json["execution_id"]!, (string)second.Json["execution_id"]!);
        other.ShouldBeProblem(409, "idempotency_key_reused");
    }

    [Fact]
    public async Task Cancel_OfAnExecutionThatWaits_EndsItForGood()
    {
        var id = await StartApprovalAsync(80);

        var cancelled = await Server.PostAsync($"executions/{id}/cancel", Json("""{"reason":"changed my mind"}"""), _deadline.Token);
        var late = await Server.PostAsync(
            $"executions/{id}/signals", Json("""{"signal_name":"ask_manager","data":{"choice":"approve"}}"""), _deadline.Token);

        Assert.Equal("cancelled", (string?)cancelled.Json["status"]);
        Assert.Contains("changed my mind", (string?)cancelled.Json["error"]!["message"], StringComparison.Ordinal);
        late.ShouldBeProblem(409, "execution_ended");
    }

    [Fact]
    public async Task Approval_ASignalGoesOn_OnceResumed()
    {
        var before = shared.Sandbox.Log.Last();
        var id = await StartApprovalAsync(80);
        var paused = await Server.PostAsync($"executions/{id}/pause", new JsonObject(), _deadline.Token);
        var signalled = await Server.PostAsync(
            $"executions/{id}/signals", Json("""{"signal_name":"ask_manager","data":{"choice":"approve"}}"""), _deadline.Token);
        var held = await Server.GetAsync("executions/" + id, _deadline.Token);

        var resumed = await Server.PostAsync($"executions/{id}/resume", new JsonObject(), _deadline.Token);
        var document = await Server.AwaitEndAsync(id, _deadline.Token);

        Assert.Equal(("paused", HttpStatusCode.Accepted, "paused"),
            ((string?)paused.Json["status"], signalled.Status, (string?)held.Json["status"]));
        Assert.Equal(HttpStatusCode.OK, resumed.Status);
        Assert.Equal((ExecutionStatus.Completed, "refunded"), (document.Status, (string?)document.Output!["status"]));
        var refund = Assert.Single(shared.Sandbox.Log.Since(before).ToolCalls());
        Assert.Equal(("SHOPIFY_CREATE_REFUND", "cust_789"), (refund.Tool, refund.User()));
    }

    [Fact]
    public async Task Rerun_FromANode_AdoptsWhatCameBefore()
    {
        var first = await Server.ExecuteAsync(
            "customer_support_advanced",
            Json("""{"customer_message":"Where is my order #12346?"}"""),
            Json("""{"conversation_id":"conv_rerun","customer_id":"cust_456","customer_email":"jane.smith@example.com"}"""),
            _deadline.Token);
        var before = shared.Sandbox.Log.Last();

        var started =
            await Server.PostAsync($"executions/{first.ExecutionId}/rerun", Json("""{"from_node":"assemble_response"}"""), _deadline.Token);
        var again = await Server.AwaitEndAsync((string)started.Json["execution_id"]!, _deadline.Token);

        Assert.Equal(HttpStatusCode.Accepted, started.Status);
        Assert.Equal(ExecutionStatus.Completed, again.Status);
        Assert.Equal(first.Outputs["handle_order_status"]!.ToJsonString(), again.Outputs["handle_order_status"]!.ToJsonString());
        Assert.Single(shared.Sandbox.Log.Since(before).ModelCalls());
        Assert.Empty(shared.Sandbox.Log.Since(before).ToolCalls());
        (await Server.PostAsync($"executions/{first.ExecutionId}/rerun", Json("""{"from_node":"assemble_respons"}"""),
            _deadline.Token)).ShouldBeProblem(422, "unknown_node");
    }

    [Fact]
    public async Task Events_AfterALostConnection_GoOn()
    {
        var id = await StartApprovalAsync(80);
        var seen = await Server.EventsAsync(id, null, e => e.Type == "waiting", _deadline.Token);

        await Server.PostAsync(
            $"executions/{id}/signals", Json("""{"signal_name":"ask_manager","data":{"choice":"reject"}}"""), _deadline.Token);
        var rest = await Server.EventsAsync(id, seen[^1].Id, e => e.Type == "end", _deadline.Token);

        Assert.Contains(seen, e => e.Type == "node" && Node(e) == "needs_approval");
        var nodes = rest.Where(e => e.Type == "node").Select(Node).ToList();
        Assert.Equal(["ask_manager", "decide", "declined"],
            nodes.Where(n => n is not ("needs_approval" or "make_refund" or "refunded" or "refund_failed")));
        Assert.Equal("completed", (string?)JsonNode.Parse(rest[^1].Data)!["status"]);
    }

    [Fact]
    public async Task Problems_SayWhatIsWrongWithARequest()
    {
        (await SendAsync("workflows/execute", "{\"workflow_id\": ")).ShouldBeProblem(400, "malformed_json");
        (await SendAsync("workflows/execute", """{"workflow_id":"no-such"}""")).ShouldBeProblem(404, "workflow_not_found");
        (await SendAsync("workflows/execute",
            $$$"""{"workflow_id":"hello-world","input_data":{"name":"{{{new string('x', 70_000)}}}"}}""")).ShouldBeProblem(
                413, "body_too_large");
        (await Server.SendAsync(HttpMethod.Patch, "workflows/execute", WeftServer.Json("{}"), _deadline.Token)).ShouldBeProblem(
            405, "method_not_allowed");
        (await Server.GetAsync("executions/no-such", _deadline.Token)).ShouldBeProblem(404, "execution_not_found");
        (await Server.GetAsync("no-such-route", _deadline.Token)).ShouldBeProblem(404, "route_not_found");

        var invalid = (await SendAsync(
            "workflows/execute", """{"workflow_id":"approval","input_data":{"amount":"many"}}""")).ShouldBeProblem(422, "invalid_input");
        Assert.Contains(invalid["errors"]!.AsArray(), e => ((string)e!["path"]!).Contains("amount", StringComparison.Ordinal));
        var definition = (await Server.SendAsync(HttpMethod.Put, "workflows/broken",
            new StringContent("name: broken\ntasks:\n  - id: a\n    agent: [", System.Text.Encoding.UTF8, "application/yaml"),
            _deadline.Token))
            .ShouldBeProblem(422, "invalid_definition");
        Assert.NotEmpty(definition["diagnostics"]!.AsArray());
    }

    [Fact]
    public async Task Executions_OfOneWorkflowAtOnce_DoNotMix()
    {
        var asked = await Task.WhenAll(Enumerable.Range(1, 50).Select(async n =>
        {
            var order = (70_200 + n).ToString(System.Globalization.CultureInfo.InvariantCulture);
            var document = await Server.ExecuteAsync(
                "customer_support_advanced",
                new JsonObject { ["customer_message"] = $"I want to return my order #{order}, it arrived damaged" },
                Json($$"""{"conversation_id":"conv_{{order}}","customer_id":"cust_{{order}}","customer_email":"c{{order}}@example.com","agent_id":"agent_7"}"""),
                _deadline.Token);
            return (Order: order, Document: document);
        }));

        Assert.All(asked, x => Assert.Equal((ExecutionStatus.Completed, null), (x.Document.Status, x.Document.Error?.Message)));
        Assert.All(asked,
            x => Assert.Contains(x.Order, (string?)x.Document.Outputs["assemble_response"]!["output"]!["text"], StringComparison.Ordinal));
        Assert.All(asked,
            x => Assert.DoesNotContain(
                asked, y => y.Order != x.Order && x.Document.Outputs.ToJsonString().Contains($"#{y.Order}", StringComparison.Ordinal)));
        foreach (var (order, _) in asked)
        {
            var calls = shared.Sandbox.Log.Entries.ToolCalls()
                .Where(c => c.Request!.ToJsonString().Contains(order, StringComparison.Ordinal)).ToList();
            Assert.Equal(1, calls.Count(c => c.Tool == "SHOPIFY_CREATE_RETURN"));
            Assert.All(calls.Where(c => c.Tool!.StartsWith("SHOPIFY", StringComparison.Ordinal)),
                c => Assert.Equal("cust_" + order, c.User()));
            Assert.Equal($"c{order}@example.com", (string?)calls.Single(c => c.Tool == "GMAIL_SEND_EMAIL").Arguments()["recipient_email"]);
        }
    }

    private static JsonObject Approval(int amount) =>
        new() { ["workflow_id"] = "approval",
            ["input_data"] = new JsonObject { ["order_id"] = "12345", ["amount"] = amount, ["customer_id"] = "cust_789" } };

    private async Task<string> StartApprovalAsync(int amount)
    {
        var id = await Server.StartExecutionAsync(
            "approval", Approval(amount)["input_data"]!.DeepClone().AsObject(), null, _deadline.Token);
        await Server.EventsAsync(id, null, e => e.Type == "waiting", _deadline.Token);
        return id;
    }

    private Task<Answer> SendAsync(string path, string body) =>
        Server.SendAsync(HttpMethod.Post, path, WeftServer.Json(body), _deadline.Token);

    private static string Node(ServerEvent happened) => (string)JsonNode.Parse(happened.Data)!["node_id"]!;

    public void Dispose() => _deadline.Dispose();
}
