using Weft.Language.Definitions;

namespace Weft.Language.Tests.Definitions;

/// <summary>Executions are pinned to the hash of a definition's text: neither may change for a definition that is stored.</summary>
public sealed class GoldenDefinitionTests
{
    public static TheoryData<string> Names => [.. Golden.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Definition_OfTheGoldens_IsStoredAsEver(string name) =>
        Check($"{Golden.KeyOf(name)}.json", Golden.Spread(WorkflowDefinitionJson.Serialize(Golden.Load(name))));

    [Theory]
    [MemberData(nameof(Names))]
    public void Hash_OfTheGoldens_IsAsEver(string name) => Check($"{Golden.KeyOf(name)}.sha256", Golden.HashesOf(Golden.Load(name)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Golden_ReadAndWrittenAgain_IsTheSameTextAndHash(string name)
    {
        var definition = Golden.Load(name);

        var back = WorkflowDefinitionJson.Deserialize(WorkflowDefinitionJson.Serialize(definition));

        Assert.Equal(Golden.HashesOf(definition), Golden.HashesOf(back));
    }

    private static void Check(string file, string now)
    {
        if (Golden.IsWriting)
        {
            Golden.Keep(file, now);
        }
        else if (Golden.Kept(file) is not { } kept)
        {
            Assert.Fail($"There is no golden 'Goldens/{file}'. Run the tests once with WEFT_WRITE_GOLDENS=1, and look at what they wrote.");
        }
        else if (kept != now)
        {
            Assert.Fail(FirstDifference(file, kept.Split('\n'), now.Split('\n')));
        }
    }

    private static string FirstDifference(string file, string[] before, string[] after)
    {
        var line = 0;
        while (before.ElementAtOrDefault(line) == after.ElementAtOrDefault(line))
        {
            line++;
        }

        return $"""
            'Goldens/{file}' is not what it was, first in line {line + 1}: executions that are pinned to the stored definition would be lost.
              it was: {before.ElementAtOrDefault(line) ?? "(the end)"}
              it is:  {after.ElementAtOrDefault(line) ?? "(the end)"}
            Put back the names and the order of the record's properties. If the change is meant, run the tests once with WEFT_WRITE_GOLDENS=1.
            """;
    }
}
