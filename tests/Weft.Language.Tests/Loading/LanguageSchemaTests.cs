using System.Text.Json.Nodes;
using Weft.Language.Diagnostics;
using Weft.Language.Loading;
using Weft.Language.Schemas;
using Weft.Language.Source;

namespace Weft.Language.Tests.Loading;

public sealed class LanguageSchemaTests
{
    private static readonly string Docs = Path.Combine(AppContext.BaseDirectory, "docs");
    private static readonly string Workflows = Path.Combine(AppContext.BaseDirectory, "workflows");

    public static TheoryData<string> Kinds => [.. LanguageSchema.Kinds];

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Workflows, "*.yaml", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Workflows, f))];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Docs_TheSchemaOfAKind_IsTheOneThatIsWritten(string kind) =>
        Assert.Equal(LanguageSchema.For(kind).ToJsonString(WeftJson.Indented) + "\n",
            File.ReadAllText(Path.Combine(Docs, "schemas", $"{kind}.json")));

    [Theory]
    [MemberData(nameof(Files))]
    public void Schema_AShippedFile_FitsTheOneItNames(string name)
    {
        var text = File.ReadAllText(Path.Combine(Workflows, name));
        var kind = text.Split('\n')[0].Split('/')[^1].Replace(".json", "", StringComparison.Ordinal);
        var root = SourceReader.Read(text, name, new DiagnosticBag(200)).ToJson();

        Assert.Empty(JsonSchemaValidator.Validate(LanguageSchema.For(kind), root).Select(f => f.ToString()));
    }

    [Fact]
    public void Schema_AKeyWithATypingFault_DoesNotFit()
    {
        var root = JsonNode.Parse("""{"name":"x","tasks":[{"id":"a","promt":"x"}]}""");

        Assert.NotEmpty(JsonSchemaValidator.Validate(LanguageSchema.For("tasks"), root));
    }

    [Fact]
    public void For_AnUnknownKind_SaysWhichThereAre() =>
        Assert.Equal(
            "There is no schema 'grahp'. Did you mean 'graph'?", Assert.Throws<WeftException>(() => LanguageSchema.For("grahp")).Message);
}
