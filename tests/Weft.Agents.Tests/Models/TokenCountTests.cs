using Weft.Agents.Models.Calls;
using Weft.Agents.Models.Catalog;
using Weft.Agents.Models.Tokens;
using Weft.Workflows.Agents;

namespace Weft.Agents.Tests.Models;

public sealed class TokenCountTests
{
    private const int Rounds = 40;

    private static readonly TokenCounter Counter = new();

    [Fact]
    public void Reservation_ByAnEstimate_IsNeverLessThanTheCount()
    {
        var random = new Random(20261127);
        var wanting = new List<string>();
        foreach (var kind in TokenTexts.Kinds)
        {
            for (var round = 0; round < Rounds; round++)
            {
                var text = TokenTexts.Of(kind, random);
                foreach (var model in (string[])["gpt-4o", "gpt-4", "claude-3-sonnet"])
                {
                    var spec = Spec(model);
                    var reserved = SpendingPlan.Ceiling(spec, new PromptText([text], 0));
                    if (reserved < Counter.Count(spec, text))
                    {
                        wanting.Add(
                            $"{kind} for {model}: {reserved} reserved, {Counter.Count(spec, text)} counted, of "
                            + $"'{text[..Math.Min(60, text.Length)]}'");
                    }
                }
            }
        }

        Assert.Empty(wanting);
    }

    [Theory]
    [InlineData("english", 0.7, 1.3)]
    [InlineData("markdown", 0.7, 1.5)]
    [InlineData("json", 0.7, 1.3)]
    [InlineData("code", 0.7, 1.4)]
    [InlineData("uuids", 0.7, 1.4)]
    [InlineData("hex", 0.8, 1.4)]
    [InlineData("base64", 0.8, 1.3)]
    [InlineData("base64url", 0.8, 1.3)]
    public void Estimate_OfAKind_IsNearTheCount(string kind, double least, double most)
    {
        var random = new Random(7);
        var texts = Enumerable.Range(0, Rounds).Select(_ => TokenTexts.Of(kind, random)).ToList();

        var ratio = (double)texts.Sum(TokenEstimator.Estimate) / texts.Sum(t => Counter.Count(Spec("gpt-4o"), t));

        Assert.InRange(ratio, least, most);
    }

    [Theory]
    [InlineData("gpt-4o-mini", "o200k_base", 1)]
    [InlineData("gpt-4.1", "o200k_base", 1)]
    [InlineData("openai/gpt-5-nano", "o200k_base", 1)]
    [InlineData("o3-mini", "o200k_base", 1)]
    [InlineData("gpt-4-turbo", "cl100k_base", 1)]
    [InlineData("gpt-35-turbo", "cl100k_base", 1)]
    [InlineData("claude-sonnet-4-5", "cl100k_base", 1.35)]
    [InlineData("meta-llama/llama-3.1-8b-instant", "cl100k_base", 1.15)]
    [InlineData("gemini-2.5-flash", "cl100k_base", 1.35)]
    public void Vocabulary_OfAModel_IsItsOwn_OrTheNearestWithAMargin(string model, string encoding, double margin) =>
        Assert.Equal(new TokenVocabulary(encoding, margin), TokenVocabulary.Of(Spec(model)));

    [Fact]
    public void Count_OfALongText_IsThatOfItsWords() =>
        Assert.Equal(10_000, Counter.Count(Spec("gpt-4o"), string.Concat(Enumerable.Repeat(" word", 10_000))));

    [Fact]
    public void Count_OfAMarkOfTheVocabularysOwn_IsThatOfAnyText() =>
    Assert.InRange(Counter.Count(Spec("gpt-4o"), "a <|endoftext|> b"), 6, 12);

    [Fact]
    public void Count_OfNothing_LoadsNothing()
    {
        var counter = new TokenCounter();

        Assert.Equal((0, false), (counter.Count(Spec("gpt-4o"), ""), counter.IsLoaded));
    }

    private static ModelSpec Spec(string model) => new() { Name = model, Provider = "openai", Model = model };
}
