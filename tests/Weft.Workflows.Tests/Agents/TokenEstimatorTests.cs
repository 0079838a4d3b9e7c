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

    [Fact]
    public void Estimate_OfNothing_IsNothing() => Assert.Equal(0, TokenEstimator.Estimate(""));
}
