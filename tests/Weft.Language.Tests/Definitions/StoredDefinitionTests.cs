using Weft.Language.Definitions;
using Weft.Language.Loading;

namespace Weft.Language.Tests.Definitions;

public sealed class StoredDefinitionTests
{
    public static TheoryData<string> Files =>
        ["customer_support_advanced.yaml", "customer-support.yaml", "intelligent-data-pipeline.yaml", "task-types.yaml",
            "issue_creation_workflow.json"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Serialize_ThereAndBack_IsTheSameTextAndHash(string name)
    {
        var definition = WorkflowLoader.Load(Fixture.Read(name), name).Definition!;
        var json = WorkflowDefinitionJson.Serialize(definition);

        var back = WorkflowDefinitionJson.Deserialize(json);

        Assert.Equal(json, WorkflowDefinitionJson.Serialize(back));
        Assert.Equal(ContentHash.Of(definition), ContentHash.Of(back));
    }

    [Fact]
    public void Hash_CommentsFormAndFile_DontCount()
    {
        var plain = Load("name: demo\ntasks: [{ id: a, with: { n: 1 } }]\n", "a.yaml");
        var commented = Load("# a comment\n\nname: demo\ntasks:\n  - id: a # here\n    with:\n      n: 1\n", "b.yaml");

        Assert.Matches("^sha256:[0-9a-f]{64}$", ContentHash.Of(plain));
        Assert.Equal(ContentHash.Of(plain), ContentHash.Of(commented));
    }

    [Theory]
    [InlineData("name: demo\ntasks: [{ id: a, with: { n: 2 } }]\n")]
    [InlineData("name: demo\ntasks: [{ id: a, with: { n: '1' } }]\n")]
    [InlineData("name: demo\nversion: 2\ntasks: [{ id: a, with: { n: 1 } }]\n")]
    [InlineData("name: demo\ntasks: [{ id: a, with: { n: 1, source: { line: 1, column: 2 } } }]\n")]
    public void Hash_WhatItSays_Counts(string other) =>
        Assert.NotEqual(
            ContentHash.Of(Load("name: demo\ntasks: [{ id: a, with: { n: 1 } }]\n", "a.yaml")), ContentHash.Of(Load(other, "a.yaml")));

    [Fact]
    public void Hash_DataThatLooksLikeAPlace_Counts() =>
        Assert.NotEqual(
            ContentHash.Of(Load("name: demo\ntasks: [{ id: a, with: { source: { line: 1, column: 2 } } }]\n", "a.yaml")),
            ContentHash.Of(Load("name: demo\ntasks: [{ id: a, with: { source: { line: 1, column: 3 } } }]\n", "a.yaml")));

    [Fact]
    public void Serialize_Numbers_KeepEveryDigit() =>
        Assert.Contains(
            "\"with\":{\"big\":12345678901234567890123,\"fine\":0.1234567890123456789}",
            WorkflowDefinitionJson.Serialize(
                Load("name: demo\ntasks: [{ id: a, with: { big: 12345678901234567890123, fine: 0.1234567890123456789 } }]\n", "a.yaml")),
            StringComparison.Ordinal);

    [Fact]
    public void Deserialize_WhatIsNoDefinition_IsRefusedWithACode() =>
        Assert.Equal("invalid_definition", Assert.Throws<WeftException>(() => WorkflowDefinitionJson.Deserialize("{\"id\":1}")).Code);

    private static WorkflowDefinition Load(string text, string file) => WorkflowLoader.Load(text, file).Definition!;
}
