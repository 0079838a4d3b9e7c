using System.Collections.Concurrent;
using System.Diagnostics;
using Weft.Agents.Models.Calls;
using Weft.Agents.Telemetry;
using Weft.Agents.Tools;
using Weft.Language.Definitions;
using Weft.Runtime.Telemetry;
using Weft.Runtime.Tests.Records;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using ActivityContext = Weft.Workflows.Durable.ActivityContext;

namespace Weft.Runtime.Tests.Telemetry;

public sealed class TracesTests : IDisposable
{
    private readonly string _executionId = Guid.NewGuid().ToString("N");
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;
    private readonly CancellationToken _deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    public TracesTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == WeftTracing.SourceName,
            Sample = (ref ActivityCreationOptions<System.Diagnostics.ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (span.TraceId == TraceIds.TraceOf(_executionId))
                {
                    _spans.Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task AnExecution_IsOneTrace_FromItsRootToItsCalls()
    {
        await CallModelAsync(new ModelOutcome.Replied(ChatTurn.User("hello"), "stop", new TokenUsage(312, 41), 0.0008, 812));
        await CallToolAsync(new ToolOutcome.Succeeded("ok", 120));

        ExecutionSpans.Write(Document());

        var root = Span("invoke_workflow support");
        var node = Span("invoke_agent classifier");
        Assert.Equal(default, root.ParentSpanId);
        Assert.Equal(root.SpanId, node.ParentSpanId);
        Assert.Equal(node.SpanId, Span("chat gpt-4o").ParentSpanId);
        Assert.Equal(node.SpanId, Span("execute_tool shopify.get_order").ParentSpanId);
        Assert.Equal(root.SpanId, Span("transform close").ParentSpanId);
        Assert.Equal($"00-{root.TraceId}-{root.SpanId}-01", root.Id);
    }

    [Fact]
    public void AnExecution_RecordedInsideASpan_IsStillTheRootOfItsTrace()
    {
        using var caller = new Activity("a host's span of the activity that records the end").Start();

        ExecutionSpans.Write(Document());

        Assert.Equal(default, Span("invoke_workflow support").ParentSpanId);
        Assert.Same(caller, Activity.Current);
    }

    [Fact]
    public void TheSpansOfNodes_HaveTheTimesOfTheTrace()
    {
        ExecutionSpans.Write(Document());

        var node = Span("invoke_agent classifier");
        Assert.Equal((Known.Noon.AddSeconds(1), TimeSpan.FromMilliseconds(812)), (node.StartTimeUtc, node.Duration));
        Assert.Equal((Known.Noon, TimeSpan.FromSeconds(5)),
            (Span("invoke_workflow support").StartTimeUtc, Span("invoke_workflow support").Duration));
        Assert.DoesNotContain(_spans, s => s.DisplayName.Contains("skipped", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AModelCall_CarriesTheConventionsOfGenerativeAi()
    {
        await CallModelAsync(new ModelOutcome.Replied(ChatTurn.User("hello"), "stop", new TokenUsage(312, 41), 0.0008, 812));

        var span = Span("chat gpt-4o");
        Assert.Equal(ActivityKind.Client, span.Kind);
        Assert.Equal(
            ("chat", "openai", "gpt-4o", "gpt-4o", 312L, 41L),
            (Tag(span, "gen_ai.operation.name"), Tag(span, "gen_ai.provider.name"), Tag(span, "gen_ai.request.model"),
                Tag(span, "gen_ai.response.model"),
                Tag(span, "gen_ai.usage.input_tokens"), Tag(span, "gen_ai.usage.output_tokens")));
        Assert.Equal((_executionId, "classify", "classifier"),
            (Tag(span, "weft.execution_id"), Tag(span, "weft.node_id"), Tag(span, "gen_ai.agent.name")));
    }

    [Fact]
    public async Task AFailure_IsToldByItsKind_AndNotByItsWords()
    {
        await CallModelAsync(
            new ModelOutcome.Failed(new ModelFailure("rate_limited", "said: the prompt was SECRET", true, true) { HttpStatus = 429 }));
        await CallToolAsync(new ToolOutcome.Failed(new ToolFailure("not_connected", "said: SECRET", false), 5));

        Assert.All([("chat gpt-4o", "rate_limited"), ("execute_tool shopify.get_order", "not_connected")], expected =>
        {
            var span = Span(expected.Item1);
            Assert.Equal((expected.Item2, ActivityStatusCode.Error), ((string)Tag(span, "error.type")!, span.Status));
            Assert.DoesNotContain(span.TagObjects, t => t.Value?.ToString()?.Contains("SECRET", StringComparison.Ordinal) == true);
            Assert.DoesNotContain("SECRET", span.StatusDescription ?? "", StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task AThrownFault_EndsTheSpanToo()
    {
        var sut = new TracedToolCall(new Answer<CallToolRequest, ToolOutcome>(_ => throw new IOException("The disk is full.")));

        await Assert.ThrowsAsync<IOException>(() => sut.RunAsync(Context(), ToolRequest(), _deadline));

        Assert.Equal("System.IO.IOException", Tag(Span("execute_tool shopify.get_order"), "error.type"));
    }

    [Fact]
    public void TheIds_OfAnExecution_AreTheSameInEveryProcess()
    {
        Assert.Equal("8b5cc4df7eec7d32a7814eca4af047ae", TraceIds.TraceOf("e1").ToHexString());
        Assert.Equal("33b2d52342667715", TraceIds.SpanOf("e1").ToHexString());
        Assert.NotEqual(TraceIds.TraceOf("e1"), TraceIds.TraceOf("e2"));
        Assert.NotEqual(TraceIds.SpanOf("e1", "a"), TraceIds.SpanOf("e1", "b"));
    }

    private Activity Span(string name) => Assert.Single(_spans, s => s.DisplayName == name);

    private static object? Tag(Activity span, string name) => span.GetTagItem(name);

    private StepScope Scope() => new(_executionId, "support", "", "classify") { Agent = "classifier" };

    private ActivityContext Context() => new(_executionId, "x", 1);

    private Task CallModelAsync(ModelOutcome outcome) =>
        new TracedModelCall(new Answer<CallModelRequest, ModelOutcome>(_ => outcome)).RunAsync(
        Context(),
        new CallModelRequest { Scope = Scope(), CallId = "c1", Model = new RankedModel("gpt-4o", "openai", "gpt-4o", 1, 0.01, 500),
            Messages = [ChatTurn.User("hello")] },
        _deadline);

    private Task CallToolAsync(ToolOutcome outcome) =>
        new TracedToolCall(new Answer<CallToolRequest, ToolOutcome>(_ => outcome)).RunAsync(Context(), ToolRequest(), _deadline);

    private CallToolRequest ToolRequest() => new() { Scope = Scope(), CallId = "t1", Tool = "shopify.get_order", Arguments = [] };

    private ExecutionDocument Document() => Known.Document(
        _executionId,
        nodes:
        [
            new NodeTrace { NodeId = "classify", Kind = "agent", Agent = "classifier", AgentType = AgentType.Simple,
                Status = NodeStatus.Completed, StartedAt = Known.Noon.AddSeconds(1), DurationMs = 812 },
            new NodeTrace { NodeId = "close", Kind = "transform", Status = NodeStatus.Completed, StartedAt = Known.Noon.AddSeconds(2) },
            new NodeTrace { NodeId = "skipped", Kind = "tool", Status = NodeStatus.Skipped },
        ]);

    private sealed class Answer<TInput, TOutput>(Func<TInput, TOutput> answer) : IActivity<TInput, TOutput>
    {
        public Task<TOutput> RunAsync(ActivityContext context, TInput input, CancellationToken cancellationToken) =>
            Task.FromResult(answer(input));
    }
}
