namespace Weft.Language.Tests.Schemas;

public sealed class JsonSchemaSuiteTests
{
    public static TheoryData<string> Files => [.. JsonSchemaSuite.Files.Where(x => !JsonSchemaSuiteExceptions.IsLeftOut(x))];

    [SuiteTheory(JsonSchemaSuite.Variable, JsonSchemaSuite.OfDebian)]
    [MemberData(nameof(Files))]
    public void Validate_OfTheOfficialCases_AgreesWithAllButTheNamedOnes(string file)
    {
        var others = JsonSchemaSuite.Run(file).Where(x => x.Agrees == JsonSchemaSuiteExceptions.Has(x.Name))
            .Select(x => x.Agrees ? $"{x.Name}: agrees, and needs no exception" : x.Name);

        Assert.Empty(others);
    }
}
