using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Functions.Engine;
using Weft.Language;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Functions.Tests.Engine;

public sealed class PayloadTests
{
    [Fact]
    public void Payload_ThroughTheWorkersSerializer_KeepsAPolymorphicResult()
    {
        ModelOutcome outcome = new ModelOutcome.Failed(new ModelFailure("timeout", "It took long.", MayTryOther: true, Transient: true));
        var stored = JsonSerializer.Serialize(Payload.Of(outcome), WeftJson.Options);

        var read = JsonSerializer.Deserialize<Payload>(stored, WeftJson.Options)!.Read<ModelOutcome>("value");

        Assert.Equal("timeout", Assert.IsType<ModelOutcome.Failed>(read).Failure.Kind);
    }

    [Fact]
    public void Payload_ThroughAnotherSerializersSettings_IsTheSame()
    {
        var stored = JsonSerializer.Serialize(Payload.Of(new { WorkflowId = "w" }));

        Assert.Equal("w", (string?)JsonSerializer.Deserialize<Payload>(stored)!.Read<JsonNode>("value")!["workflow_id"]);
    }

    [Fact]
    public void Payload_OfAFailure_GivesItBackWhole()
    {
        var failure = new FailureDetails(
            "rate_limited", "Wait.", NonRetryable: true, new JsonObject { ["seconds"] = 3 }, new FailureDetails("http", "429"));
        var stored = JsonSerializer.Serialize(Payload.Failed(failure), WeftJson.Options);

        var read = JsonSerializer.Deserialize<Payload>(stored, WeftJson.Options)!;

        Assert.Equal(
            ("rate_limited", "Wait.", true), (read.ReadFailure()!.Code, read.ReadFailure()!.Message, read.ReadFailure()!.NonRetryable));
        Assert.Equal(3, (int?)read.ReadFailure()!.Details!["seconds"]);
        Assert.Equal("http", read.ReadFailure()!.Inner!.Code);
        Assert.Null(read.Read<JsonNode>("value"));
    }

    [Theory]
    [InlineData("""{"value":{"a":1}}""", """{"a":1}""")]
    [InlineData("""{"value":null}""", null)]
    [InlineData("{}", null)]
    [InlineData("null", null)]
    [InlineData("\"yes\"", "\"yes\"")]
    [InlineData("""{"value":1,"other":2}""", """{"value":1,"other":2}""")]
    public void OfStored_WithAndWithoutAnEnvelope_FindsTheValue(string stored, string? value)
    {
        Assert.Equal(value, Payload.OfStored(JsonNode.Parse(stored)).Read<JsonNode>("value")?.ToJsonString());
        Assert.Equal(value, Payload.NodeOf(stored)?.ToJsonString());
    }

    [Fact]
    public void OfObject_OfNothing_ReadsAsTheDefault() =>
    Assert.Equal((null, 0), (Payload.OfObject(null, "value").Read<string>("value"), Payload.OfObject(null, "value").Read<int>("value")));
}
