namespace Weft.Extending.Tests.Kinds;

/// <summary>The kinds that the pages add are loaded, run and told of as any other.</summary>
public sealed class KindTests(ChangedProduct weft) : IClassFixture<ChangedProduct>
{
    [Fact]
    public async Task Task_OfTheKindOfThePage_Fails_InItsOwnWords()
    {
        var ended = await weft.RunAsync("Kinds/refuse.yaml", """{"order": "A-1"}""");

        Assert.Equal("failed", ended["status"]!.GetValue<string>());
        Assert.Equal("failed_on_purpose", ended["error"]!["code"]!.GetValue<string>());
        Assert.Contains("Order A-1 is not for us.", ended["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("fail", ended["trace"]!["nodes"]![0]!["kind"]!.GetValue<string>());
    }

    [Fact]
    public async Task Agent_OfTheKindOfThePage_AsksTwice()
    {
        var ended = await weft.RunAsync("Kinds/letter.yaml", """{"to": "Ada"}""");

        Assert.Equal("completed", ended["status"]!.GetValue<string>());
        Assert.NotEqual("", ended["output"]!["text"]!.GetValue<string>());
        Assert.Equal(2, ended["trace"]!["nodes"]![0]!["model_calls"]!.AsArray().Count);
    }
}
