using System.Text.Json.Nodes;
using Weft.Language.Directives;
using Weft.Language.Expressions.GJson;
using Weft.Language.Source;

namespace Weft.Language.Tests.Directives;

public sealed class PathWalkTests
{
    private const string Project = """
        {
          "agents": [
            {"id": "greeter", "actions": [{"id": "greet", "prompt": "Hi"}, {"id": "bye", "prompt": "Bye"}], "cost": 1},
            {"id": "analyzer", "actions": [], "cost": 5, "beta": true}
          ],
          "models": [
            {"provider": "openai", "model": "gpt-3.5-turbo"},
            {"provider": "openai", "model": "gpt-4-turbo", "params": {"temperature": 0.2}},
            {"provider": "groq", "model": "llama", "retired": null}
          ],
          "schemas": [{"id": "code_input", "type": "object"}],
          "names": ["a", "b", "c"], "fav.movie": "Deer Hunter", "settings": {"child1": 1, "child2": 2}, "no": null
        }
        """;

    [Theory]
    [InlineData("agents.#(id=\"greeter\").cost", "1")]
    [InlineData("agents.#(id==\"analyzer\").cost", "5")]
    [InlineData("agents.#(id=='greeter').actions.#(id==\"bye\").prompt", "\"Bye\"")]
    [InlineData("agents.#(id==greeter).cost", "1")]
    [InlineData("models.#(provider==\"openai\")", """{"provider":"openai","model":"gpt-3.5-turbo"}""")]
    [InlineData("models.#(provider==\"openai\" && model==\"gpt-4-turbo\").params.temperature", "0.2")]
    [InlineData("models.#( provider == \"x\" || model == \"llama\" ).provider", "\"groq\"")]
    [InlineData("models.#(params.temperature<0.5).model", "\"gpt-4-turbo\"")]
    [InlineData("models.#(params).model", "\"gpt-4-turbo\"")]
    [InlineData("models.#(retired==null).model", "\"llama\"")]
    [InlineData("schemas.#(id==\"code_input\").type", "\"object\"")]
    [InlineData("models.#(provider==\"openai\")#.model", """["gpt-3.5-turbo","gpt-4-turbo"]""")]
    [InlineData("models.#(provider==\"none\")#", "[]")]
    [InlineData("models.#(model%\"gpt-*\")#.model", """["gpt-3.5-turbo","gpt-4-turbo"]""")]
    [InlineData("models.#(model!%\"gpt-?-*\")#.model", """["gpt-3.5-turbo","llama"]""")]
    [InlineData("agents.#(cost>1).id", "\"analyzer\"")]
    [InlineData("agents.#(cost>=1)#.id", """["greeter","analyzer"]""")]
    [InlineData("agents.#(cost!=1).id", "\"analyzer\"")]
    [InlineData("agents.#(beta==true).id", "\"analyzer\"")]
    [InlineData("agents.#(actions.#(id==\"bye\")).id", "\"greeter\"")]
    [InlineData("names.#(==\"b\")", "\"b\"")]
    [InlineData("names.#(!=\"b\")#", """["a","c"]""")]
    [InlineData("names.#", "3")]
    [InlineData("agents.#.id", """["greeter","analyzer"]""")]
    [InlineData("agents.#.actions.#.id", """[["greet","bye"],[]]""")]
    [InlineData("names.1", "\"b\"")]
    [InlineData("agents.0.actions.1.prompt", "\"Bye\"")]
    [InlineData("names|0", "\"a\"")]
    [InlineData("fav\\.movie", "\"Deer Hunter\"")]
    [InlineData("set*.child?", "1")]
    [InlineData("settings.*2", "2")]
    [InlineData("no", "null")]
    public void Find_LeadsToWhatThePathNames(string path, string expected)
    {
        var found = new PathWalk(node => node).Find(Document(), new GJsonParser(path).Parse());

        Assert.NotNull(found);
        Assert.Equal(expected, found.ToJson()?.ToJsonString(WeftJson.Options) ?? "null");
    }

    [Theory]
    [InlineData("agents.#(id==\"nobody\")")]
    [InlineData("agents.#(id==\"nobody\").cost")]
    [InlineData("agents.9")]
    [InlineData("agents.id")]
    [InlineData("settings.child3")]
    [InlineData("settings.#(a==1)")]
    [InlineData("no.deeper")]
    public void Find_APathToNothing_FindsNothingAndSaysWhy(string path)
    {
        var walk = new PathWalk(node => node);

        Assert.Null(walk.Find(Document(), new GJsonParser(path).Parse()));
        Assert.NotEmpty(walk.Miss);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a..b")]
    [InlineData("a.")]
    [InlineData("a.#(")]
    [InlineData("a.#()")]
    [InlineData("a.#(id==)")]
    [InlineData("a.#(id==\"x)")]
    [InlineData("a.#(id==\"x\"")]
    [InlineData("a.#(id==\"x\" & y)")]
    [InlineData("@reverse")]
    [InlineData("{a,b}")]
    public void Parse_AFaultyPath_SaysWhere(string path)
    {
        var exception = Assert.Throws<WeftException>(() => new GJsonParser(path).Parse());

        Assert.Equal("path_syntax", exception.Code);
        Assert.Contains("column", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_NestedWithoutEnd_IsAnError_NotTheStacksEnd() =>
        Assert.Throws<WeftException>(() => new GJsonParser(string.Concat(Enumerable.Repeat("a.#(", 50_000))).Parse());

    private static SourceNode Document() =>
        SourceJson.FromJson(JsonNode.Parse(Project),
            new SourceScalar(new SourceFile("project.json", Project), 1, 1, "", ScalarKind.Text, ScalarForm.Plain, -1));
}
