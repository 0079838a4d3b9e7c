using Weft.Sandbox.Chat;

namespace Weft.Sandbox.Tests.Chat;

public sealed class TokenMeterTests
{
    [Theory]
    [InlineData("gpt-4", "Hello, world!", 4)]
    [InlineData("gpt-4", "tokenization", 2)]
    [InlineData("gpt-4o", "Bonjour le monde, comment allez-vous ?", 8)]
    [InlineData("claude-sonnet-4-5", "Hello, world!", 4)]
    [InlineData("gpt-4", "<|endoftext|>", 7)]
    public void Count_Exact_IsThatOfTheModelsVocabulary(string model, string text, int tokens) =>
    Assert.Equal(tokens, new TokenMeter(exact: true).Of(model, text));

    [Theory]
    [InlineData("", 0)]
    [InlineData("four", 1)]
    [InlineData("fours", 2)]
    public void Count_ByDefault_IsFourCharactersAToken(string text, int tokens) =>
    Assert.Equal(tokens, new TokenMeter(exact: false).Of("gpt-4", text));

    [Fact]
    public void Cut_ToSomeTokens_IsABeginningThatHasThem()
    {
        const string Text = "The quick brown fox jumps over the lazy dog.";
        var meter = new TokenMeter(exact: true);

        Assert.Equal("The quick brown", meter.Cut("gpt-4o", Text, 3));
        Assert.Equal(Text, meter.Cut("gpt-4o", Text, 100));
    }

    [Fact]
    public void Count_ByManyAtOnce_IsTheSame()
    {
        var meter = new TokenMeter(exact: true);
        var text = string.Join(' ', Enumerable.Range(0, 200).Select(n => $"word{n}"));

        Assert.Single(Enumerable.Range(0, 64).AsParallel().Select(_ => meter.Of("gpt-4o", text)).Distinct());
    }
}
