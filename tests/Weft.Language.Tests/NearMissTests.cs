namespace Weft.Language.Tests;

public sealed class NearMissTests
{
    [Theory]
    [InlineData("clasify_intent", "classify_intent")]
    [InlineData("classifyIntent", "classify_intent")]
    [InlineData("handel_return", "handle_return")]
    [InlineData("ouput", "output")]
    public void Find_ATypingFault_OffersTheNameMeant(string wanted, string expected) =>
        Assert.Equal(expected, NearMiss.Find(wanted, ["classify_intent", "handle_return", "output", "input"]));

    [Theory]
    [InlineData("zzz")]
    [InlineData("")]
    [InlineData("a")]
    public void Find_NothingNear_OffersNothing(string wanted) =>
        Assert.Null(NearMiss.Find(wanted, ["classify_intent", "b", "output"]));

    [Theory]
    [InlineData("ab", "ba", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("same", "same", 0)]
    public void Distance_CountsEditsAndSwaps(string left, string right, int expected) =>
        Assert.Equal(expected, NearMiss.Distance(left, right));

    [Fact]
    public void Find_TwoEquallyNear_TakesTheFirstInOrdinalOrder() =>
        Assert.Equal("task1", NearMiss.Find("task3", ["task2", "task1"]));

    [Fact]
    public void HintOrList_NothingNear_ListsWhatIsKnown() =>
        Assert.Equal(" Known nodes: alpha, beta.", NearMiss.HintOrList("zulu", ["beta", "alpha"], "Known nodes"));
}
