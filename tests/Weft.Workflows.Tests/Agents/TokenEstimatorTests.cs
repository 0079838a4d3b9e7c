using System.Text.Json.Nodes;
using Weft.Workflows.Agents;
using Weft.Workflows.Contracts;

namespace Weft.Workflows.Tests.Agents;

public sealed class TokenEstimatorTests
{
    // The counts on the right are cl100k_base's own.
    [Theory]
    [InlineData("The quick brown fox jumps over the lazy dog.", 10)]
    [InlineData("Hello, world!", 4)]
    [InlineData("antidisestablishmentarianism", 6)]
    [InlineData("def add(a, b):\n    return a + b\n", 13)]
    [InlineData("{\"order_id\": \"12345\", \"status\": \"shipped\"}", 16)]
    [InlineData("你好，世界", 7)]
    public void Estimate_IsNearTheTokenizersCount(string text, int tokens) =>
        Assert.InRange(TokenEstimator.Estimate(text), tokens * 0.65, tokens * 1.4);

    [Fact]
    public void Estimate_OfACall_AddsMessagesAndRoomForTheReply() =>
        Assert.Equal(4 + 1 + 100, TokenEstimator.Estimate([ChatTurn.User("hello")], []));

    [Fact]
    public void Estimate_OfAStoredPayload_GoesByItsSize() =>
        Assert.Equal(4 + 10_000 + 100, TokenEstimator.Estimate([ChatTurn.User(PayloadReference.Create("sha256:x", 40_000, "…"))], []));

    [Theory]
    [InlineData("3f9a0c1e-77b2-4d0f-9a51-c0ffee254a11", 21)]
    [InlineData("aGVsbG8gd29ybGQsIHRoaXMgaXMgYmFzZTY0", 26)]
    public void Estimate_OfAnId_GoesByItsCharacters(string text, int tokens) =>
    Assert.InRange(TokenEstimator.Estimate(text), tokens * 0.8, tokens * 1.4);

    [Fact]
    public void Estimate_OfAnImage_DoesNotGoByItsLength()
    {
        var parts = new JsonArray(
            new JsonObject { ["image_url"] = new JsonObject { ["url"] = "data:image/png;base64," + new string('A', 100_000) } });

        Assert.InRange(TokenEstimator.Estimate([ChatTurn.User("") with { Content = parts }], []), 1_100, 1_200);
    }

    // Executions that run decide by it: a changed number is a changed history.
    [Theory]
    [InlineData("hello 3f9a0c1e नमस्ते", 4 + 12 + 100)]
    [InlineData("aGVsbG8gd29ybGQs 12345", 4 + 7 + 100)]
    public void Size_OfACall_StaysWhatItWas(string text, int size) => Assert.Equal(size, TokenEstimator.Size([ChatTurn.User(text)], []));

    [Fact]
    public void Estimate_OfNothing_IsNothing() => Assert.Equal(0, TokenEstimator.Estimate(""));
}
