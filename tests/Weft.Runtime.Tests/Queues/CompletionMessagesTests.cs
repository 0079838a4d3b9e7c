using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Weft.Agents.Tests.Storage;
using Weft.Language;
using Weft.Runtime.Executions;
using Weft.Runtime.Queues;
using Weft.Runtime.Records;
using Weft.Runtime.Tests.Records;
using Weft.Runtime.Tests.Registry;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Runtime.Tests.Queues;

public sealed class CompletionMessagesTests
{
    private readonly MemoryRecordStore _store = new();
    private readonly QueueOptions _options = new();
    private readonly Sender _sender = new();
    private readonly ExecutionMetrics _metrics = new(new TestMeters());
    private readonly CancellationToken _deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    [Fact]
    public async Task TheEndOfAnExecution_ThatAskedForIt_IsTold()
    {
        await BeginAsync("e1", "weft-completed");

        await EndAsync(Known.Document("e1") with { Output = "done" });

        var (queue, id, body) = Assert.Single(_sender.Sent);
        Assert.Equal(("weft-completed", "completed-e1"), (queue, id));
        Assert.Equal(("e1", "completed", "done"), (Text("execution_id"), Text("status"), Text("output")));

        string Text(string name) => body[name]!.GetValue<string>();
    }

    [Fact]
    public async Task TheBody_OfAMessage_IsWrittenAsEver()
    {
        await BeginAsync("e1", "weft-completed");

        await EndAsync(
            Known.Document("e1", ExecutionStatus.Failed) with { Output = "half",
                Error = new ExecutionError("timeout", "Too slow.", "n1") });

        Assert.Equal(
            """{"execution_id":"e1","workflow_id":"support","status":"failed","output":"half","""
            + "\"error\":{\"code\":\"timeout\",\"message\":\"Too slow.\",\"node_id\":\"n1\"},\"total_cost_usd\":0.25,\"duration_ms\":5000}",
            Assert.Single(_sender.Sent).Body.ToJsonString());
    }

    [Fact]
    public async Task TheEndOfOneThatDidNotAsk_IsToldOnlyWhereTheHostWantsAll()
    {
        await BeginAsync("e1", null);
        await EndAsync(Known.Document("e1"));
        Assert.Empty(_sender.Sent);

        _options.Completed = "all-ends";
        await BeginAsync("e2", null);
        await EndAsync(Known.Document("e2"));

        Assert.Equal("all-ends", Assert.Single(_sender.Sent).Queue);
    }

    [Theory]
    [InlineData(ExecutionStatus.Cancelled, "cancelled")]
    [InlineData(ExecutionStatus.Failed, "failed")]
    public async Task AnEndThatTheSweepRecords_IsToldByThePass(ExecutionStatus status, string word)
    {
        await BeginAsync("e1", "weft-completed");
        await Records.EndAsync(Known.Document("e1", status), announce: false, _deadline);

        await Messages.SendAllAsync(_deadline);
        await Messages.SendAllAsync(_deadline);

        Assert.Equal(word, Assert.Single(_sender.Sent).Body["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task AnUnreachableQueue_DoesNotFailTheExecution_AndIsTriedAgain()
    {
        await BeginAsync("e1", "weft-completed");
        _sender.Failure = new IOException("The broker is away.");
        Assert.True((await EndAsync(Known.Document("e1"))).Recorded);

        _sender.Failure = null;
        await Messages.SendAllAsync(_deadline);

        Assert.Single(_sender.Sent);
    }

    [Fact]
    public async Task AQueueThatDoesNotExist_IsGivenUp()
    {
        await BeginAsync("e1", "nowhere");
        _sender.Failure = new WeftException("unknown_queue", Fault.NotFound, "There is no queue 'nowhere'.");
        await EndAsync(Known.Document("e1"));

        _sender.Failure = null;
        await Messages.SendAllAsync(_deadline);

        Assert.Empty(_sender.Sent);
    }

    [Fact]
    public async Task ASecondDelivery_TellsWhatWasRecordedFirst()
    {
        await BeginAsync("e1", "weft-completed");
        await Records.EndAsync(Known.Document("e1", ExecutionStatus.Cancelled), announce: false, _deadline);

        Assert.False((await EndAsync(Known.Document("e1"))).Recorded);

        Assert.Equal("cancelled", Assert.Single(_sender.Sent).Body["status"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(300_000)]
    [InlineData(LocalQueue.MaxBodyBytes - 500)]
    public async Task AnOutputThatNoQueueTakes_IsLeftOut(int length)
    {
        await BeginAsync("e1", "weft-completed");

        await EndAsync(Known.Document("e1") with { Output = new string('x', length) });

        var body = Assert.Single(_sender.Sent).Body;
        Assert.Null(body["output"]);
        Assert.True(body["output_omitted"]!.GetValue<bool>());
    }

    private ExecutionRecords Records => new(_store, Known.Contexts(_store));

    private ErrorRateWatch Watch => new(Records, Sample.Registry(_store), _metrics, NullLogger<ErrorRateWatch>.Instance);

    private CompletionMessages Messages =>
        new(_sender, new CompletionNotices(_store), Records, Options.Create(_options), NullLogger<CompletionMessages>.Instance);

    private Task BeginAsync(string id, string? replyTo)
    {
        var context = replyTo is null ? [] : new JsonObject { ["reply_to"] = replyTo };
        return Records.BeginAsync(Known.Document(id, ExecutionStatus.Running), Known.Run() with { Context = context }, _deadline);
    }

    private Task<RecordedExecution> EndAsync(ExecutionDocument document) =>
        new RecordExecution(new ExecutionEnds(Records, _metrics, Options.Create(_options)), Watch, Messages)
            .RunAsync(new ActivityContext(document.ExecutionId, StepNames.RecordExecution, 1), document, _deadline);

    private sealed class Sender : ICompletionSender
    {
        public List<(string Queue, string Id, JsonNode Body)> Sent { get; } = [];

        public Exception? Failure { get; set; }

        public Task SendAsync(string queue, string messageId, string body, CancellationToken cancellationToken)
        {
            if (Failure is not null)
            {
                throw Failure;
            }

            Sent.Add((queue, messageId, JsonNode.Parse(body)!));
            return Task.CompletedTask;
        }
    }
}
