using System.Text.Json;
using Weft.Language.Definitions;
using Weft.Language.Loading;

namespace Weft.Language.Tests.Definitions;

public sealed class AgentKindsTests
{
    public static TheoryData<AgentType> Kinds => [.. Enum.GetValues<AgentType>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Word_OfAKind_IsTheStoredOne(AgentType kind) =>
        Assert.Equal(JsonSerializer.Serialize(kind, WeftJson.Options).Trim('"'), AgentKinds.Of(kind).Word);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Card_OfAKind_Loads(AgentType kind) =>
        Assert.Equal(kind, AgentCardLoader.Load($"{{ name: a, type: {AgentKinds.Of(kind).Word} }}").Card!.Type);

    [Theory]
    [InlineData("Reasoning", false, false, AgentType.Reasoning)]
    [InlineData("simple", true, true, AgentType.Supervisor)]
    [InlineData("simple", false, true, AgentType.Simple)]
    [InlineData(null, false, true, AgentType.Reasoning)]
    [InlineData(null, false, false, AgentType.Simple)]
    [InlineData("poet", false, false, AgentType.Simple)]
    public void Kind_OfAnAgentOfAFile_FollowsWhatItIsGiven(string? word, bool leads, bool hasTools, AgentType expected) =>
        Assert.Equal(expected, AgentKinds.Choose(word, leads, hasTools));

    [Fact]
    public void Kind_ThatThisVersionDoesNotKnow_IsAFault() =>
        Assert.Equal("unknown_agent_type", Assert.Throws<WeftException>(() => AgentKinds.Of((AgentType)77)).Code);
}
