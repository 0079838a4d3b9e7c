using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Language.Tests.Loading;

namespace Weft.Language.Tests.Directives;

public sealed class DirectiveTests
{
    [Fact]
    public void Ref_WithSiblings_LetsTheSiblingsWinDeeply() =>
        AssertWith(
            """{"a":{"x":1,"y":{"p":1,"q":3}},"b":2}""",
            "x-base: { a: { x: 1, y: { p: 1, q: 2 } } }",
            "{ $ref: local::x-base, a: { y: { q: 3 } }, b: 2 }");

    [Theory]
    [InlineData("!merge:<shallow>", """{"a":{"q":3}}""")]
    [InlineData("!merge:<deep,first>", """{"a":{"p":1,"q":2}}""")]
    [InlineData("!merge:<deep,replace>", """{"a":{"p":1,"q":3}}""")]
    public void Ref_WithAMergeSuffix_MergesAsItSays(string suffix, string expected) =>
        AssertWith(expected, "x-base: { a: { p: 1, q: 2 } }", $"{{ $ref: 'local::x-base{suffix}', a: {{ q: 3 }} }}");

    [Theory]
    [InlineData("local::x-list.1", "2")]
    [InlineData("local::x-list.#", "3")]
    [InlineData("local::x-people.#(age>30).name", "\"bob\"")]
    [InlineData("local::x-people.#(name=\"amy\" && age==30).age", "30")]
    [InlineData("local::x-people.#(name=='bob').tags.0", "\"b\"")]
    [InlineData("local::x-people.#.name", """["amy","bob"]""")]
    [InlineData("local::x-people.#(age>=30)#.name", """["amy","bob"]""")]
    [InlineData("local::x-scalar", "\"text\"")]
    [InlineData("local::x-null", "null")]
    [InlineData("local::x-chain", "\"text\"")]
    public void Ref_APath_FindsWhatItSays(string path, string expected) =>
        AssertWith(
            expected,
            """
            x-list: [1, 2, 3]
            x-people: [{ name: amy, age: 30 }, { name: bob, age: 40, tags: [b] }]
            x-scalar: text
            x-null: null
            x-chain: { $ref: local::x-scalar }
            """,
            $"{{ $ref: '{path.Replace("'", "''", StringComparison.Ordinal)}' }}");

    [Fact]
    public void Ref_ThroughAnotherDirective_IsFollowed() =>
        AssertWith("\"deep\"", "x-inner: { value: deep }\nx-outer: { part: { $ref: local::x-inner } }",
            "{ $ref: local::x-outer.part.value }");

    [Theory]
    [InlineData("[{ a: 1, n: { x: 1 } }, { b: 2, n: { y: 2 } }]", """{"a":1,"n":{"x":1,"y":2},"b":2}""")]
    [InlineData("{ sources: [{ n: { x: 1 } }, { n: { y: 2 } }], strategy: shallow }", """{"n":{"y":2}}""")]
    [InlineData("{ sources: [{ a: 1 }, { a: 2 }], key_conflict: first }", """{"a":1}""")]
    [InlineData("{ sources: [{ a: 1 }, { b: 2 }], strategy: replace }", """{"b":2}""")]
    [InlineData("[[1, 2], [2, 3]]", "[1,2,2,3]")]
    [InlineData("{ sources: [[1, 2], [2, 3]], strategy: unique }", "[1,2,3]")]
    [InlineData("{ sources: [[1], [2]], strategy: prepend }", "[2,1]")]
    [InlineData("[null, { a: 1 }]", """{"a":1}""")]
    [InlineData("[{ $ref: local::x-base }, { b: 2 }]", """{"a":1,"b":2}""")]
    public void Merge_Sources_AreMergedByTheirStrategy(string merge, string expected) =>
        AssertWith(expected, "x-base: { a: 1 }", $"{{ $merge: {merge} }}");

    [Fact]
    public void Ref_OfJsonSchema_IsLeftAlone() =>
        Assert.Equal(
            "#/$defs/id",
            (string)Load.Definition("""
                name: demo
                input: { type: object, properties: { id: { $ref: "#/$defs/id" } }, $defs: { id: { type: string } } }
                tasks: [{ id: a }]
                """).InputSchema!["properties"]!["id"]!["$ref"]!);

    [Fact]
    public void Ref_ASchemaById_IsPutInPlace() =>
        Assert.Equal(
            """{"type":"object","required":["code"]}""",
            Load.Definition("""
                name: demo
                schemas: [{ id: code_input, type: object, required: [code] }]
                agents:
                  - { id: a, instructions: x, actions: [{ id: go, prompt: p, input: { $ref: 'local::schemas.#(id=="code_input")' }, output: code_input }] }
                tasks: [{ id: t, agent: a, action: go }]
                """).Agents[0].Actions[0].OutputSchema!.ToJsonString());

    [Fact]
    public void Use_SeveralTimes_NamesOneAgent()
    {
        var definition = Load.Definition("""
            name: demo
            agents: [{ id: writer, instructions: Write. }]
            tasks:
              - { id: a, $use: agent(local::agents.#(id="writer")), prompt: One. }
              - { id: b, $use: "agent(local::agents.#(id=='writer'))", prompt: Two. }
              - { id: c, $use: agent(local::agents.0), prompt: Three., agent: { instructions: Write better. } }
            """);

        Assert.Equal(
            ["writer", "writer", "writer@c"], ((SequenceBody)definition.Body).Tasks.Select(t => ((AgentStep)((BasicTask)t).Step).Agent));
        Assert.Equal(["Write.", "Write better."], definition.Agents.Select(a => a.Instructions));
    }

    [Fact]
    public void Use_ATask_PutsItsKeysInPlace()
    {
        var task = Load.Tasks("""
            name: demo
            x-tasks: [{ id: hello, type: transform, transform: hi }]
            tasks: [{ $use: 'task(local::x-tasks.#(id=="hello"))', id: mine }]
            """)[0];

        Assert.Equal(("mine", "hi"), (task.Id, (string)((TransformStep)((BasicTask)task).Step).Value!));
    }

    [Fact]
    public void Load_BrokenDirectives_TellEveryFaultAtItsPlace() =>
        Assert.Equal(
            [
                "4:28 WEFT1401 The path 'x-a..b' can't be read at column 5: A name is missing.",
                "5:28 WEFT1402 'glob' is not a scope. Scopes: global, local, resource.",
                "6:28 WEFT1403 'local::x-people.#(name==\"amx\")' leads to nothing: 'x-people' has no item with name==\"amx\". Did you "
                + "mean 'amy'?",
                "7:28 WEFT1403 'local::x-people.amy' leads to nothing: 'x-people' is a list of 1 and has no 'amy'. Look for an item with "
                + "#(id==\"…\").",
                "8:28 WEFT1403 'local::x-data' leads to nothing: the file has no 'x-data'. It has: name, tasks, x-people.",
                "9:28 WEFT1402 'resource::tool::#(id==\"x\")' needs a project file with 'autoload', and there is none.",
                "10:28 WEFT1401 '$ref' must be text, not a list.",
                "11:38 WEFT1405 '$use' and '$ref' cannot stand in one mapping. Keep one of them.",
                "12:52 WEFT1406 'local::x-people.0.name' is text, which keys beside '$ref' cannot be merged into.",
                "13:20 WEFT1401 '$use' brings agent, tool, task or mcp, not 'agnet'. Did you mean 'agent'?",
            ],
            Load.Findings("""
                name: demo
                x-people: [{ name: amy }]
                tasks:
                  - { id: a, with: { $ref: local::x-a..b } }
                  - { id: b, with: { $ref: glob::x } }
                  - { id: c, with: { $ref: 'local::x-people.#(name=="amx")' } }
                  - { id: d, with: { $ref: local::x-people.amy } }
                  - { id: e, with: { $ref: local::x-data } }
                  - { id: f, with: { $ref: 'resource::tool::#(id=="x")' } }
                  - { id: g, with: { $ref: [1] } }
                  - { id: h, with: { $ref: local::x, $use: y } }
                  - { id: i, with: { $ref: local::x-people.0.name, k: 1 } }
                  - { id: j, $use: agnet(local::x), prompt: x }
                """));

    [Fact]
    public void Ref_ACircle_IsToldOnce() =>
        Assert.Contains(
            "The references make a circle: local::x-b -> local::x-c -> local::x-a -> local::x-b.",
            Assert.Single(Load.Findings("""
                name: demo
                x-a: { $ref: local::x-b }
                x-b: { $ref: local::x-c }
                x-c: { deep: [{ $ref: local::x-a }] }
                tasks: [{ id: a }]
                """)),
            StringComparison.Ordinal);

    private static void AssertWith(string expected, string head, string with)
    {
        var actual = Load.Tasks($"name: demo\n{head}\ntasks:\n  - {{ id: a, with: {with} }}\n")[0].With;

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual?.ToJsonString() ?? "null");
    }
}
