using Weft.Language.Definitions;
using Weft.Workflows.Agents;

namespace Weft.Workflows.Tests.Agents;

public sealed class AgentRunnersTests
{
    public static TheoryData<AgentType> Kinds => [.. Enum.GetValues<AgentType>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Kind_OfAnAgent_HasARunner(AgentType kind) => Assert.Contains(kind, AgentRunners.Types);
}
