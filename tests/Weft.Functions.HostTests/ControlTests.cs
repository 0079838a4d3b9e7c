using System.Net;
using System.Text.Json.Nodes;
using Weft.EndToEnd.Harness;
using Weft.Functions.HostTests.Harness;
using static Weft.EndToEnd.Harness.Texts;

namespace Weft.Functions.HostTests;

/// <summary>Signals, approvals, timers and keys: what they come to on the Azure host is what they come to embedded.</summary>
[Collection(EmulatorCollection.Name)]
public sealed class ControlTests(BothHosts hosts) : IClassFixture<BothHosts>, IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(120));

    [Theory]
    [InlineData("approve", "refunded")]
    [InlineData("reject", "declined")]
    public async Task Approval_OnceItIsAnswered_GoesOnAsTheAnswerSays(string choice, string status) =>
        await ComparedAsync("approval", """{"order_id":"12345","amount":80,"customer_id":"cust_789"}""", status, async (host, id) =>
        {
            await host.EventsAsync(id, null, e => e.Type == "waiting", _deadline.Token);
            await SignalAsync(host, id, "ask_manager", $$"""{"choice":"{{choice}}"}""");
        });

    [Fact]
    public async Task Signal_ThatComesBeforeItIsWaitedFor_IsKept() =>
        await ComparedAsync("signals", "{}", null, (host, id) => SignalAsync(host, id, "release", """{"by":"Ada"}"""));

    [Fact]
    public async Task Timers_EndALostRaceAndAWaitInVain() => await ComparedAsync("timers", "{}", null, (_, _) => Task.CompletedTask);

    [Fact]
    public async Task Cancel_OfAnExecutionThatWaits_EndsItForGood()
    {
        var host = hosts.Azure.Host;
        var id = await host.StartExecutionAsync("approval", Json("""{"order_id":"12345","amount":80}"""), null, _deadline.Token);
        await host.EventsAsync(id, null, e => e.Type == "waiting", _deadline.Token);

        var cancelled = await host.PostAsync($"executions/{id}/cancel", Json("""{"reason":"changed my mind"}"""), _deadline.Token);
        var late = await host.PostAsync(
            $"executions/{id}/signals", Json("""{"signal_name":"ask_manager","data":{"choice":"approve"}}"""), _deadline.Token);

        Assert.Equal("cancelled", (string?)cancelled.Json["status"]);
        Assert.Contains("changed my mind", (string?)cancelled.Json["error"]!["message"], StringComparison.Ordinal);
        late.ShouldBeProblem(409, "execution_ended");
    }

    [Fact]
    public async Task Start_RepeatedWithItsKey_AnswersTheFirstExecution()
    {
        var host = hosts.Azure.Host;
        var key = Guid.NewGuid().ToString();
        Task<Answer> StartAsync(string body) =>
            host.PostAsync("workflows/nested-everything/executions", Json(body), _deadline.Token, ("Idempotency-Key", key));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => StartAsync("""{"input":{"teams":[]},"context":{}}""")));
        var other = await StartAsync("""{"input":{"teams":[{"name":"red","scores":[1]}]}}""");

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Accepted, a.Status));
        Assert.Single(answers.Select(a => (string)a.Json["execution_id"]!).Distinct(StringComparer.Ordinal));
        other.ShouldBeProblem(409, "idempotency_key_reused");
    }

    private async Task ComparedAsync(string workflow, string input, string? status, Func<ApiClient, string, Task> controlAsync)
    {
        var embedded = await RunAsync(hosts.Embedded, workflow, input, controlAsync);
        var azure = await RunAsync(hosts.Azure.Host, workflow, input, controlAsync);

        Assert.Equal("completed", (string?)azure["status"]);
        ExecutionDifferences.AssertNone(embedded, azure);
        if (status is not null)
        {
            Assert.Equal(status, (string?)azure["output"]!["status"]);
        }
    }

    private async Task<JsonNode> RunAsync(ApiClient host, string workflow, string input, Func<ApiClient, string, Task> controlAsync)
    {
        hosts.Azure.Sandbox.State.Reset();
        if (File.Exists(Path.Combine(AppContext.BaseDirectory, "Workflows", workflow + ".yaml")))
        {
            await host.PutTestWorkflowAsync(workflow, _deadline.Token);
        }

        var id = await host.StartExecutionAsync(workflow, Json(input), null, _deadline.Token);
        await controlAsync(host, id);
        await host.AwaitEndAsync(id, _deadline.Token);
        return (await host.GetAsync("executions/" + id, _deadline.Token)).Json;
    }

    private async Task SignalAsync(ApiClient host, string id, string name, string data)
    {
        var answer = await host.PostAsync(
            $"executions/{id}/signals", new JsonObject { ["signal_name"] = name, ["data"] = Json(data) }, _deadline.Token);
        Assert.True(answer.Status == HttpStatusCode.Accepted, answer.Text);
    }

    public void Dispose() => _deadline.Dispose();
}
