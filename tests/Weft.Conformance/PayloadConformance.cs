using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Weft.Language;
using Weft.Workflows.Durable;

namespace Weft.Conformance;

/// <summary>What may travel through a history.</summary>
public abstract class PayloadConformance : OrchestrationConformance
{
    [Fact]
    public virtual async Task Payload_OfAMebibyte_TravelsEveryWay()
    {
        await StartAsync(setup => setup
            .Activity<string, string>("echo", text => text)
            .Orchestrator<string, string>("child", (context, text) => context.CallActivityAsync<string>("echo", text))
            .Orchestrator<string, string>("main", async (context, text) =>
            {
                var echoed = await context.CallSubOrchestrationAsync<string>("child", text);
                var raised = await context.WaitForExternalEvent<string>("more");
                return echoed == text && raised == text ? text : "different";
            }));
        var big = new string('w', 1 << 20);
        await ScheduleAsync("main", big);

        await Client.RaiseEventAsync("i1", "more", big, Deadline);

        Assert.Equal(big, Result<string>(await EndAsync()));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("")]
    [InlineData("quotes \" and \\ and </script> and \u0000\u0001\u001f\u007f")]
    [InlineData("ünïcödé ελληνικά 日本語 עברית")]
    [InlineData("😀 \ud83d\ude00 family 👨‍👩‍👧 \uffff \ufffe \ue000 \u2028")]
    public virtual async Task Payload_OfOddText_ComesBackAsItWas(string text)
    {
        await StartEchoAsync();
        await ScheduleAsync("main", text);

        await Client.RaiseEventAsync("i1", "n", text, Deadline);

        Assert.Equal(text + text, Result<string>(await EndAsync()));
    }

    [Theory]
    [InlineData("a", 0xD800, "b")]
    [InlineData("", 0xDC00, "")]
    [InlineData("end ", 0xD83D, "")]
    public virtual async Task Payload_WithHalfOfASurrogatePair_ArrivesWithTheReplacementCharacter(string before, int half, string after)
    {
        var text = before + (char)half + after;
        await StartEchoAsync();
        await ScheduleAsync("main", text);

        await Client.RaiseEventAsync("i1", "n", text, Deadline);

        var mended = before + "\ufffd" + after;
        Assert.Equal(mended + mended, Result<string>(await EndAsync()));
    }

    [Fact]
    public virtual async Task Payload_OfJsonThatSpellsHalfOfASurrogatePair_IsRefused()
    {
        await StartEchoAsync();
        await ScheduleAsync("main", "x");

        var refused =
            await Assert.ThrowsAsync<WeftException>(() => Client.RaiseEventAsync("i1", "n", JsonNode.Parse("\"x\\ud800y\""), Deadline));

        Assert.Equal("invalid_payload", refused.Code);
    }

    [Fact]
    public virtual async Task Payload_OfNull_ArrivesAsNull()
    {
        await StartAsync(setup => setup
            .Activity<string?, string?>("echo", text => text)
            .Orchestrator<string?, string?>("main", async (context, input) =>
                await context.CallActivityAsync<string?>("echo", input) is null ? null : "something"));

        await Client.ScheduleAsync("main", null, new ScheduleOptions { InstanceId = "i1" }, Deadline);

        Assert.Null(Result<string>(await EndAsync()));
    }

    [Fact]
    public virtual async Task Payload_OfRecordsAndAlternatives_KeepsTheirKinds()
    {
        await StartAsync(setup => setup
            .Activity<Shape, Shape>("grow", shape => shape is Shape.Circle circle ? new Shape.Square(circle.Radius * 2) : shape)
            .Orchestrator<Shape, Order>("main", async (context, shape) =>
                new Order("o1", [await context.CallActivityAsync<Shape>("grow", shape), shape], JsonNode.Parse("""{"a":[1,null]}"""))));

        var ended = await RunAsync("main", new Shape.Circle(2));

        Assert.Equal(
            """{"order_id":"o1","shapes":[{"kind":"square","side":4},{"kind":"circle","radius":2}],"extra":{"a":[1,null]}}""",
            ended.Output!.ToJsonString());
    }

    [Fact]
    public virtual async Task Payload_WithoutAJsonForm_FailsTheCallSayingSo()
    {
        await StartAsync(setup => setup
            .Activity<int, int>("echo", x => x)
            .Orchestrator<int, int>("main", (context, _) => context.CallActivityAsync<int>("echo", new Loop())));

        Assert.Equal("invalid_payload", (await RunAsync("main")).Failure!.Code);
    }

    [Fact]
    public virtual async Task Result_WithoutAJsonForm_FailsTheInstance()
    {
        await StartAsync(setup => setup.Orchestrator<int, Loop>("main", (_, _) => Task.FromResult(new Loop())));

        Assert.Equal(OrchestrationStatus.Failed, (await RunAsync("main")).Status);
    }

    private Task StartEchoAsync() => StartAsync(setup => setup
        .Activity<string, string>("echo", text => text)
        .Orchestrator<string, string>("main", async (context, text) =>
        {
            context.SetCustomStatus(text);
            return await context.CallActivityAsync<string>("echo", text) + await context.WaitForExternalEvent<string>("n");
        }));

    public sealed record Order(string OrderId, IReadOnlyList<Shape> Shapes, JsonNode? Extra);

    [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
    [JsonDerivedType(typeof(Circle), "circle")]
    [JsonDerivedType(typeof(Square), "square")]
    public abstract record Shape
    {
        public sealed record Circle(int Radius) : Shape;

        public sealed record Square(int Side) : Shape;
    }

    public sealed class Loop
    {
        public Loop Self => this;
    }
}
