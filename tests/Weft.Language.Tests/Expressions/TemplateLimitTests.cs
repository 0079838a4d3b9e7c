using System.Text.Json.Nodes;
using Weft.Language.Expressions;
using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;
using static Weft.Language.Tests.Expressions.Rendering;

namespace Weft.Language.Tests.Expressions;

public sealed class TemplateLimitTests
{
    [Theory]
    [InlineData("{% for a in range(1000) %}{% for b in range(1000) %}x{% endfor %}{% endfor %}")]
    [InlineData("{{ range 200000 }}x{{ end }}")]
    [InlineData("{{ range(100000000) }}")]
    [InlineData("{{ until 9000000000000000000 }}")]
    [InlineData("{{ seq(1, 9223372036854775807) }}")]
    [InlineData("{{ 'ab' * 100000000 }}")]
    [InlineData("{{ repeat(1000000000, 'ab') if false else repeat('ab', 1000000000) }}")]
    [InlineData("{{ [1] * 100000000000 }}")]
    [InlineData("{{ 'x' | center(2000000000) }}")]
    [InlineData("{{ 'x' | indent('y' * 10) | zfill(2000000000) }}")]
    [InlineData("{% set ns = namespace(s='x') %}{% for i in range(100) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}")]
    [InlineData("{% set ns = namespace(s=[1]) %}{% for i in range(100) %}{% set ns.s = ns.s + ns.s %}{% endfor %}")]
    [InlineData("{% set ns = namespace(s='x') %}{% for i in range(100) %}{% set ns.s = ns.s | replace('x', 'xx') %}{% endfor %}")]
    [InlineData("{% set ns = namespace(s=[]) %}{% for i in range(1000) %}{% set ns.s = [ns.s] %}{% endfor %}")]
    [InlineData("{% set ns = namespace(s={}) %}{% for i in range(1000) %}{% set ns.s = {'a': ns.s} %}{% endfor %}")]
    [InlineData("{% set ns = namespace(s=[1]) %}{% for i in range(100) %}{% set ns.s = [ns.s, ns.s] | tojson %}{% endfor %}")]
    [InlineData("{% set x = 'x' * 4000000 %}{% for i in range(1000) %}{% set y = x | upper %}{% endfor %}")]
    [InlineData("{% set x = range(50000) | list %}{% for i in range(50000) %}{{ x == x }}{% endfor %}")]
    [InlineData(
        "{{ [a for a in range(1000) for b in range(1000)] if false else [[a for a in range(1000)] for b in range(1000)] | length }}")]
    [InlineData("{{ [x for x in range(90000) if [y for y in range(90000)]] | length }}")]
    public void ARunawayTemplate_EndsByALimit(string template)
    {
        var options = new TemplateOptions { Limits = new TemplateLimits { Steps = 2_000_000 } };

        var exception = Assert.Throws<TemplateException>(() => Template.Parse(template).Render(Scope(), options));

        Assert.Contains(exception.Code, (string[])["template_limit", "template_syntax"]);
    }

    [Fact]
    public void Output_BeyondTheLimit_IsAnError()
    {
        var options = new TemplateOptions { Limits = new TemplateLimits { OutputLength = 100 } };

        Assert.Equal("template_limit",
            Assert.Throws<TemplateException>(
                () => Template.Parse("{% for i in range(50) %}abc{% endfor %}").Render(Scope(), options)).Code);
        Assert.Equal(90, Text("{% for i in range(30) %}abc{% endfor %}", options: options).Length);
    }

    [Fact]
    public void Steps_BeyondTheLimit_AreAnErrorAtTheirPlace()
    {
        var options = new TemplateOptions { Limits = new TemplateLimits { Steps = 1000 } };

        var exception = Assert.Throws<TemplateException>(() => Template.Parse("ok {{ range(5000) | sum }}").Render(Scope(), options));

        Assert.Equal("template_limit", exception.Code);
        Assert.Equal(1, exception.Position.Line);
    }

    [Theory]
    [InlineData('(', ')')]
    [InlineData('[', ']')]
    public void Nesting_TooDeep_IsASyntaxLimit(char open, char close) =>
        Assert.Equal("template_limit",
            Assert.Throws<TemplateException>(
                () => Template.Parse("{{ " + new string(open, 5000) + "1" + new string(close, 5000) + " }}")).Code);

    [Theory]
    [InlineData("{{ ", "not ", "x }}")]
    [InlineData("{{ ", "- ", "x }}")]
    [InlineData("{{ ", "!", "x }}")]
    [InlineData("{{ 1", " + 1", " }}")]
    [InlineData("{{ 1", " ** 1", " }}")]
    [InlineData("{{ x", "|upper", " }}")]
    [InlineData("{{ x", " if x else x", " }}")]
    [InlineData("{{ ", "{1:", "1}}")]
    [InlineData("{{ ", "upper(", "x }}")]
    [InlineData("{{ ", "x.upper(", ") }}")]
    [InlineData("{{ ", "x[", "]}}")]
    [InlineData("", "{% if x %}", "")]
    [InlineData("", "{{ range .x }}", "")]
    [InlineData("{{ ", "[x for x in ", "]}}")]
    [InlineData("{{ ", "[[x for x in y], ", "]}}")]
    public void LongChains_EndByALimitOrASyntaxError_NotByTheStack(string head, string link, string tail)
    {
        var source = head + string.Concat(Enumerable.Repeat(link, 20_000)) + tail;

        var exception = Assert.Throws<TemplateException>(() => Template.Parse(source));

        Assert.Contains(exception.Code, (string[])["template_limit", "template_syntax"]);
    }

    [Fact]
    public void Source_BeyondTheLimit_IsRefused() =>
        Assert.Equal("template_limit",
            Assert.Throws<TemplateException>(() => Template.Parse("{{ x }}" + new string('a', TemplateLimits.SourceLength))).Code);

    [Fact]
    public void Source_OfTheGreatestSize_IsReadInOnePass()
    {
        var source = string.Concat(Enumerable.Range(0, 70_000).Select(i => $"{{{{ a.x{i} }}}}"));
        var list = $"[{string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"x{i}"))}]";

        Assert.Equal(70_000, Template.Parse(source).ReferencedPaths.Count);
        Assert.Equal(100_000, JmesPath.Parse(list).ReferencedRoots!.Count);
    }

    [Fact]
    public void Pattern_ThatWouldBacktrackForever_ReturnsAtOnce() =>
        Assert.Equal(
            "false", Text("{{ s | regexMatch('^(a+)+$') }}", new JsonObject { ["s"] = new string('a', 50_000) + "b" }.ToJsonString()));

    [Theory]
    [InlineData("{{ 'x' | regexMatch('(') }}")]
    [InlineData("{{ 'x' | regexMatch('(a)\\\\1') }}")]
    [InlineData("{{ 'x' | regexMatch('((a{1000}){1000}){1000}') }}")]
    public void Pattern_ThatCantBeUsed_IsAnError(string template) => Assert.Equal("template_type", Fault(template).Code);

    [Fact]
    public void DeepData_IsRenderedWhole()
    {
        var json = string.Concat(Enumerable.Repeat("[", 60)) + string.Concat(Enumerable.Repeat("]", 60));

        Assert.Equal(json, Text("{{ v }}", $$"""{"v": {{json}}}"""));
    }
}
