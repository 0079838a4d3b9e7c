using Microsoft.Extensions.Logging.Abstractions;
using Weft.Language;
using Weft.Runtime.Executions;
using Weft.Runtime.Queues;
using Weft.Runtime.Triggers;

namespace Weft.Runtime.Tests.Queues;

public sealed class StartMessageHandlerTests
{
    private readonly Starts _starts = new();
    private readonly CancellationToken _deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    [Fact]
    public async Task AMessage_StartsItsWorkflowUnderItsId()
    {
        var answer = await HandleAsync(
            """{"workflow_id": "greet", "input": {"name": "Ada"}, "context": {"conversation_id": "c1"}, "reply_to": "weft-completed"}""");

        Assert.Equal("e1", Assert.IsType<MessageDisposition.Complete>(answer).ExecutionId);
        var start = Assert.Single(_starts.Made);
        Assert.Equal(("greet", "queue", "queue:weft-start:m1"), (start.WorkflowId, start.StartedBy, start.IdempotencyKey));
        Assert.Equal("Ada", start.Input["name"]!.GetValue<string>());
        Assert.Equal(("c1", "m1", "weft-completed"), (Text("conversation_id"), Text("message_id"), Text("reply_to")));

        string Text(string name) => start.Context[name]!.GetValue<string>();
    }

    [Theory]
    [InlineData("not json", "The body is no JSON")]
    [InlineData("[]", "The body is no JSON object")]
    [InlineData("{}", "no 'workflow_id'")]
    [InlineData("""{"workflow_id": 5}""", "no 'workflow_id'")]
    [InlineData("""{"workflow_id": "a", "input": []}""", "'input' is no object")]
    [InlineData("""{"workflow_id": "a", "context": "x"}""", "'context' is no object")]
    [InlineData("""{"workflow_id": "a", "reply_to": {}}""", "'reply_to' is no text")]
    public async Task WhatIsNoStart_IsPutAside(string body, string why)
    {
        var dead = Assert.IsType<MessageDisposition.DeadLetter>(await HandleAsync(body));

        Assert.Equal("invalid_message", dead.Reason);
        Assert.Contains(why, dead.Description, StringComparison.Ordinal);
        Assert.Empty(_starts.Made);
    }

    [Fact]
    public async Task ARefusedStart_IsPutAside()
    {
        _starts.Failure = new WeftException("workflow_not_found", Fault.NotFound, "There is no workflow 'greet'.");

        var dead = Assert.IsType<MessageDisposition.DeadLetter>(await HandleAsync("""{"workflow_id": "greet"}"""));

        Assert.Equal(("workflow_not_found", "There is no workflow 'greet'."), (dead.Reason, dead.Description));
    }

    [Fact]
    public async Task ARefusedStart_ThatMayPass_IsDeliveredAgain()
    {
        _starts.Failure = new WeftException("record_contended", Fault.Contended, "Too many at once.");

        var again = Assert.IsType<MessageDisposition.Abandon>(await HandleAsync("""{"workflow_id": "greet"}"""));

        Assert.Equal("record_contended", again.Reason);
    }

    [Fact]
    public async Task AnUnforeseenFailure_IsTriedAgain()
    {
        _starts.Failure = new IOException("The disk is full.");

        Assert.IsType<MessageDisposition.Abandon>(await HandleAsync("""{"workflow_id": "greet"}"""));
    }

    private Task<MessageDisposition> HandleAsync(string body) =>
        new StartMessageHandler(_starts, NullLogger<StartMessageHandler>.Instance).HandleAsync("weft-start", "m1", body, _deadline);

    private sealed class Starts : IScheduledStarts
    {
        public List<StartExecution> Made { get; } = [];

        public Exception? Failure { get; set; }

        public Task<StartedExecution> StartAsync(StartExecution start, CancellationToken cancellationToken)
        {
            if (Failure is not null)
            {
                throw Failure;
            }

            Made.Add(start);
            return Task.FromResult(new StartedExecution($"e{Made.Count}", false));
        }

        public Task<bool> HasEndedAsync(string executionId, CancellationToken cancellationToken) => Task.FromResult(true);
    }
}
