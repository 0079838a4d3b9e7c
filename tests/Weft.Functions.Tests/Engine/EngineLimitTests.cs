using System.Text.Json;
using Weft.Functions.Engine;
using Weft.Language;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Functions.Tests.Engine;

public sealed class EngineLimitTests
{
    [Fact]
    public void CustomStatus_ThatFits_StaysAsItIs()
    {
        var status = JsonSerializer.SerializeToElement(new ExecutionProgress { NodesTotal = 3 }, WeftJson.Options);

        Assert.Equal(status.GetRawText(), CustomStatus.Fit(status)!.Value.GetRawText());
    }

    [Fact]
    public void CustomStatus_ThatIsTooLong_KeepsWhatWaits_AndLosesWhatEnded()
    {
        var progress = new ExecutionProgress
        {
            NodesTotal = 900,
            Running = [.. Enumerable.Range(0, 20).Select(i => $"{i}-{new string('n', 90)}")],
            Recent = [.. Enumerable.Range(0, 20).Select(i => new NodeTrace
            {
                NodeId = $"{i}-{new string('n', 90)}",
                Kind = "transform",
                Status = NodeStatus.Completed,
            })],
            Waiting = [.. Enumerable.Range(0, 30).Select(i => new WaitingFor($"ask-{i}", $"signal-{i}", null))],
        };

        var fitted = CustomStatus.Fit(JsonSerializer.SerializeToElement(progress, WeftJson.Options))!.Value;

        Assert.True(fitted.GetRawText().Length <= CustomStatus.MaxLength);
        var read = fitted.Deserialize<ExecutionProgress>(WeftJson.Options)!;
        Assert.Equal((900, 0), (read.NodesTotal, read.WaitingTotal));
        Assert.Equal(progress.Waiting, read.Waiting);
    }

    [Fact]
    public void CustomStatus_OfMoreWaitsThanThereIsRoomFor_SaysHowManyThereAre()
    {
        var progress = new ExecutionProgress
        {
            NodesTotal = 900,
            Waiting = [.. Enumerable.Range(0, 500).Select(i => new WaitingFor($"ask-{i}-é", $"signal-{i}", null, "Pay?", ["yes", "no"]))],
        };

        var fitted = CustomStatus.Fit(JsonSerializer.SerializeToElement(progress, WeftJson.Options))!.Value;

        Assert.True(fitted.GetRawText().Length <= CustomStatus.MaxLength);
        var read = fitted.Deserialize<ExecutionProgress>(WeftJson.Options)!;
        Assert.Equal(500, read.WaitingTotal);
        Assert.InRange(read.Waiting.Count, 50, 499);
        Assert.Equal("ask-0-é", read.Waiting[0].NodeId);
    }

    [Fact]
    public void CustomStatus_OfNothingOrALongText_IsNothing()
    {
        Assert.Null(CustomStatus.Fit(null));
        Assert.Null(CustomStatus.Fit(JsonSerializer.SerializeToElement(new string('x', 9000))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("@counter")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\tb")]
    [InlineData("é")]
    public void InstanceId_ThatTheExtensionWouldRefuse_IsRefusedBefore(string? id) =>
        Assert.Equal("invalid_instance_id", Assert.Throws<WeftException>(() => InstanceIds.Require(id)).Code);

    [Fact]
    public void InstanceId_OfUpToAHundredCharacters_IsTaken()
    {
        Assert.Equal(100, InstanceIds.Require(new string('a', 100)).Length);
        Assert.Throws<WeftException>(() => InstanceIds.Require(new string('a', 101)));
    }

    [Fact]
    public void InstanceId_OfAFurtherAttempt_IsAnotherOneWithinTheLimit()
    {
        var longest = new string('a', 100);

        Assert.Equal("run:node", InstanceIds.OfAttempt("run:node", 1));
        Assert.Equal("run:node~2", InstanceIds.OfAttempt("run:node", 2));
        Assert.Equal(100, InstanceIds.OfAttempt(longest, 2).Length);
        Assert.NotEqual(InstanceIds.OfAttempt(longest, 2), InstanceIds.OfAttempt(longest, 3));
    }

    [Fact]
    public void Failure_ThroughAnExceptionsMessage_ComesBackWhole()
    {
        var failure = new FailureDetails("tool_failed", "No.", NonRetryable: true);

        Assert.Equal(failure, FailureText.Read("Weft.Functions.Engine.DurableFailureException", FailureText.Write(failure), null));
    }

    [Fact]
    public void Failure_WhoseTextWasCutOnItsWay_StillTellsWhatHappened()
    {
        var cut = FailureText.Write(new FailureDetails("tool_failed", "No."))[..^3];

        Assert.Equal(cut, FailureText.Read("DurableFailureException", cut, null).Message);
    }

    [Fact]
    public void Failure_OfTheHostItself_HasACodeAndItsCause()
    {
        var read = FailureText.Read("System.TimeoutException", "30 minutes", new FailureDetails("io", "disk"));

        Assert.Equal(("timeout", "30 minutes", "io"), (read.Code, read.Message, read.Inner!.Code));
    }
}
