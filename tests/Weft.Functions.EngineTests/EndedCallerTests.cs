using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Weft.Conformance;
using Weft.Functions.Engine;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Functions.EngineTests;

/// <summary>A call that waited in the queue while its execution ended, and a child that was in creation meanwhile.</summary>
public sealed class EndedCallerTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(30));
    private SidecarUnderTest _engine = null!;
    private int _calls;

    [Fact]
    public async Task ToolCall_OfAnExecutionThatRuns_IsMade()
    {
        await ScheduleAsync("e1");

        var answer = await CallToolAsync("\"e1\"");

        Assert.Null(answer.ReadFailure());
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task ToolCall_OfAnAgentThatRuns_IsMade()
    {
        await ScheduleAsync("e1");
        await ScheduleAsync("e1:agent.1");

        await CallToolAsync("e1:agent.1");

        Assert.Equal(1, _calls);
    }

    [Theory]
    [InlineData("e1", "e1")]
    [InlineData("e1", "e1:agent.1")]
    [InlineData("e1:agent.1", "e1:agent.1")]
    public async Task ToolCall_OfWhatWasTerminated_IsNotMade(string terminated, string caller)
    {
        // A child that was in creation comes after the end of its execution.
        await ScheduleAsync("e1");
        if (terminated == caller)
        {
            await ScheduleAsync(caller);
            await _engine.Client.TerminateAsync(terminated, "enough", _deadline.Token);
        }
        else
        {
            await _engine.Client.TerminateAsync(terminated, "enough", _deadline.Token);
            await ScheduleAsync(caller);
        }

        var answer = await CallToolAsync(caller);

        Assert.Equal(("execution_ended", true), (answer.ReadFailure()!.Code, answer.ReadFailure()!.NonRetryable));
        Assert.Equal(0, _calls);
    }

    [Fact]
    public async Task ToolCall_OfWhatIsGone_IsNotMade()
    {
        Assert.NotNull((await CallToolAsync("gone")).ReadFailure());
        Assert.Equal(0, _calls);
    }

    [Fact]
    public async Task Child_ThatIsGivenUpBeforeItIsThere_IsTerminatedOnceItIs()
    {
        var ending = new TerminateChild(TimeProvider.System).RunAsync(Payload.Of("e1:late"), _engine.Durable, _deadline.Token);
        await ScheduleAsync("e1:late");

        await ending;

        Assert.Equal(OrchestrationStatus.Terminated, (await _engine.Client.WaitForCompletionAsync("e1:late", _deadline.Token)).Status);
    }

    public async Task InitializeAsync()
    {
        var setup = new EngineSetup()
            .Orchestrator<int, int>("wait", (context, _) => context.WaitForExternalEvent<int>("never"))
            .Activity<JsonNode, int>(StepNames.CallTool, _ => Interlocked.Increment(ref _calls));
        _engine = (SidecarUnderTest)await SidecarUnderTest.StartAsync(setup, new ShiftedTime());
    }

    public async Task DisposeAsync()
    {
        await _engine.DisposeAsync();
        _deadline.Dispose();
    }

    private Task ScheduleAsync(string id) =>
        _engine.Client.ScheduleAsync("wait", 0, new ScheduleOptions { InstanceId = id }, _deadline.Token);

    private Task<Payload> CallToolAsync(string caller)
    {
        var runner = _engine.Services.GetRequiredService<ActivityRunner>();
        return new Activities(runner, new DurableClientAccessor())
            .CallTool(Payload.Of(new JsonObject()), caller, _engine.Durable, _deadline.Token);
    }
}
