namespace Weft.Language.Tests.Expressions;

public sealed class JmesPathSuiteTests
{
    public static TheoryData<string> Files => [.. JmesPathSuite.Files];

    [SuiteTheory(JmesPathSuite.Variable)]
    [MemberData(nameof(Files))]
    public void Search_OfTheOfficialCases_FindsOrRefusesAsTheSuiteSays(string file) => Assert.Empty(JmesPathSuite.Differences(file));
}
