using System.Text.Json.Nodes;
using Weft.Language.Expressions;
using Weft.Language.Expressions.Values;
using static Weft.Language.Tests.Expressions.Rendering;

namespace Weft.Language.Tests.Expressions;

public sealed class TemplateAnalysisTests
{
    [Theory]
    [InlineData("{{ a.b.c }}", "a.b.c")]
    [InlineData("{{ .a.b[0]['c'].d }}", "a.b.0.c.d")]
    [InlineData("{{ $.a.b }}", "a.b")]
    [InlineData("{{ a[i].b }}", "a i")]
    [InlineData("{{ .a[.i].b }}", "a i")]
    [InlineData("{{ a | default('x') }}{{ b }}", "a? b")]
    [InlineData("{% if a.b %}{{ a.b }}{% endif %}", "a.b? a.b")]
    [InlineData("{% if a == 1 and not b %}{% endif %}", "a? b?")]
    [InlineData("{% if a == 1 %}{% endif %}", "a")]
    [InlineData("{% for x in xs %}{{ x.name }}{{ y }}{% endfor %}", "xs y")]
    [InlineData("{{ range .xs }}{{ .name }}{{ $.y }}{{ end }}", "xs y")]
    [InlineData("{% set v = a.b %}{{ v }}", "a.b v?")]
    [InlineData("{{ f.g | join(s) | upper }}{{ printf \"%s\" .p }}", "f.g s p")]
    [InlineData("{{ now }}{{ uuid }}{{ env.KEY }}", "")]
    [InlineData("{{ x is defined }}{{ 'a' if t else u }}", "x? t? u?")]
    [InlineData("{{ tasks.extract-0.output }}", "tasks.extract-0.output")]
    [InlineData("{{ a.n-k }}", "a.n-k? a.n? k?")]
    public void ReferencedPaths_ListWhatIsRead(string template, string expected) => Assert.Equal(
        expected,
        string.Join(' ', Template.Parse(template).ReferencedPaths.Select(x => $"{x}{(x.Tolerant ? "?" : "")}")));

    [Fact]
    public void Analysis_TellsToolsSchemasAndTheWholeScope()
    {
        var template = Template.Parse("{{ .tools.billing.get(.a) }}{{ .b | validateSchema('order') }}{{ . | toJson }}");

        Assert.Equal(["billing.get"], template.ReferencedTools);
        Assert.Equal(["order"], template.ReferencedSchemas);
        Assert.True(template.ReadsWholeScope);
        Assert.Equal(["a", "b"], template.ReferencedRoots);
        Assert.False(Template.Parse("{{ .a }}").ReadsWholeScope);
    }

    [Theory]
    [InlineData("{{ a }}", true)]
    [InlineData(" {{ a }}\n", true)]
    [InlineData("x{{ a }}", false)]
    [InlineData("{{ a }}{{ b }}", false)]
    [InlineData("{% if a %}{{ b }}{% endif %}", false)]
    public void IsExpression_TellsWhatKeepsItsType(string template, bool expected) =>
        Assert.Equal(expected, Template.Parse(template).IsExpression);

    [Fact]
    public void Scope_Layers_HideWhatIsBelow()
    {
        var below = new ExpressionScope().Set("a", 1).Set("b", 2);
        var scope = below.Layer().Set("b", 3);

        Assert.Equal("13", Template.Parse("{{ a }}{{ b }}").Render(scope).Text);
        Assert.Equal("2", Template.Parse("{{ b }}").Render(below).Text);
        Assert.Equal(["a", "b"], scope.Names);
    }

    [Fact]
    public void Scope_ALazyName_IsMadeOnceAndOnlyWhenRead()
    {
        var made = 0;
        var scope = new ExpressionScope().Set("a", 1).SetLazy("b", () => ++made);

        Template.Parse("{{ a }}").Render(scope);
        Assert.Equal(0, made);

        Assert.Equal("11", Template.Parse("{{ b }}{{ b }}").Render(scope).Text);
        Assert.Equal(1, made);
    }

    [Fact]
    public void Evaluate_AValueOfTheScope_IsACopy()
    {
        var source = JsonNode.Parse("""{"v": {"a": [1]}}""")!.AsObject();

        var value = Template.Parse("{{ v }}").Evaluate(ExpressionScope.Of(source)).Value;
        value!["a"]!.AsArray().Add(2);

        Assert.Null(value.Parent);
        Assert.Equal("""{"v":{"a":[1]}}""", source.ToJsonString());
    }

    [Fact]
    public void Evaluate_ValuesThatAProgramMade_AreReadAsOnTheWire()
    {
        var scope = new ExpressionScope()
            .Set("d", JsonValue.Create(1.50m)).Set("t", JsonValue.Create(Noon)).Set("g", JsonValue.Create(Guid.Empty))
            .Set("i", JsonValue.Create((byte)7)).Set("f", JsonValue.Create(2.5f));

        Assert.Equal("1.5 2025-11-20T12:30:05Z 00000000-0000-0000-0000-000000000000 8 2.5",
            Template.Parse("{{ d }} {{ t }} {{ g }} {{ i + 1 }} {{ f }}").Render(scope).Text);
    }

    [Fact]
    public void Data_ThatHoldsANameTwice_IsAnErrorOfTheTemplate() =>
        Assert.Equal("template_type", Fault("{{ v.a }}", """{"v": {"a": 1, "a": 2}}""").Code);

    [Fact]
    public void Tree_Evaluate_RendersTextsAndKeepsTheRest()
    {
        var tree = TemplateTree.Parse(
            JsonNode.Parse(
                """{"n": "{{ input.n }}", "text": "n is {{ input.n }}", "list": ["{{ input.xs }}", 5, null, true], "{{ key }}": {"deep": "plain"}}"""));

        var result = tree.Evaluate(Scope("""{"input": {"n": 3, "xs": [1]}}"""));

        Assert.Equal("""{"n":3,"text":"n is 3","list":[[1],5,null,true],"{{ key }}":{"deep":"plain"}}""",
            result.Value!.ToJsonString(WeftJson.Options));
    }

    [Fact]
    public void Tree_AFault_NamesItsPlace()
    {
        var tree = TemplateTree.Parse(JsonNode.Parse("""{"query": {"filters": ["{{ input.nme }}"]}}"""));

        var exception = Assert.Throws<ExpressionException>(() => tree.Evaluate(Scope("""{"input": {"name": 1}}""")));

        Assert.Equal("template_unknown_path", exception.Code);
        Assert.StartsWith("query.filters[0]: Unknown path 'input.nme'", exception.Message, StringComparison.Ordinal);
        Assert.StartsWith("a: ", Assert.Throws<ExpressionException>(() => TemplateTree.Parse(JsonNode.Parse("""{"a": "{{ x"}"""))).Message,
            StringComparison.Ordinal);
    }
}
