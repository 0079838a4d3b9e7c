using System.Text.Json.Nodes;
using Weft.Language.Expressions;
using Weft.Language.Expressions.Values;
using static Weft.Language.Tests.Expressions.Rendering;

namespace Weft.Language.Tests.Expressions;

public sealed class SecretPlaceholdersTests
{
    private const string Mark = "\uFDD0env:API_KEY\uFDD1";

    [Theory]
    [InlineData("{{ env.API_KEY }}")]
    [InlineData("{{ .env.API_KEY }}")]
    [InlineData("{{ $.env.API_KEY }}")]
    [InlineData("{{ env['API_KEY'] }}")]
    public void Env_IsRead_YieldsAMarkInThePlaceOfTheSecret(string template)
    {
        Assert.Equal(Mark, Text(template));
        Assert.True(Template.Parse(template).ReadsEnvironment);
        Assert.Equal(["API_KEY"], Template.Parse(template).EnvironmentNames);
    }

    [Fact]
    public void Env_WithinAText_IsSubstitutedByTheCaller()
    {
        var text = Text("Bearer {{ .env.API_KEY }}");

        Assert.True(SecretPlaceholders.Contains(text));
        Assert.Equal(["API_KEY"], SecretPlaceholders.Names(text));
        Assert.Equal("Bearer s3cret", SecretPlaceholders.Substitute(text, name => name == "API_KEY" ? "s3cret" : null));
    }

    [Fact]
    public void Substitute_ATree_PutsValuesIntoEveryText()
    {
        var tree = TemplateTree.Parse(JsonNode.Parse("""{"headers": {"a": "Bearer {{ env.A }}"}, "list": ["{{ env.B }}", 1, null]}"""))
            .Evaluate(Scope()).Value;

        Assert.Equal(
            """{"headers":{"a":"Bearer 1"},"list":["2",1,null]}""",
            SecretPlaceholders.Substitute(tree, name => name == "A" ? "1" : "2")!.ToJsonString());
        Assert.True(SecretPlaceholders.Contains(tree));
    }

    [Fact]
    public void Substitute_AnUnsetName_IsAnErrorThatSaysWhatToSet()
    {
        var exception = Assert.Throws<WeftException>(() => SecretPlaceholders.Substitute(Mark, _ => null));

        Assert.Equal("secret_not_set", exception.Code);
        Assert.Contains("env.API_KEY", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ env.URL | default('http://x') }}/v1", "http://x/v1")]
    [InlineData("{{ .env.URL | default \"y\" }}", "y")]
    public void Default_OfASecret_IsTakenWhereTheSecretIsPutIn(string template, string expected)
    {
        var text = Text(template);

        Assert.Equal(expected, SecretPlaceholders.Substitute(text, _ => null));
        Assert.Equal(expected.Replace("http://x", "set", StringComparison.Ordinal).Replace("y", "set", StringComparison.Ordinal),
            SecretPlaceholders.Substitute(text, _ => "set"));
    }

    [Theory]
    [InlineData("{{ v }}")]
    [InlineData("a{{ v }}")]
    [InlineData("{{ {'k': v} | tojson }}")]
    [InlineData("{{ data | tojson }}")]
    [InlineData("{% for k in data %}{{ k }}{% endfor %}")]
    [InlineData("{{ j | fromjson }}")]
    [InlineData("{{ b | b64dec }}")]
    [InlineData("{{ u | urldecode }}")]
    [InlineData("{{ h | unescape }}")]
    [InlineData("{{ '\\ufdd0env:API_KEY\\ufdd1' }}")]
    [InlineData("\uFDD0env:API_KEY\uFDD1")]
    [InlineData("{{ '\uFDD0env:API_KEY\uFDD1' }}")]
    public void Data_ThatHoldsAMark_CanForgeNone(string template)
    {
        var scope = new ExpressionScope(Services)
            .Set("v", Mark)
            .Set("data", new JsonObject { [Mark] = Mark })
            .Set("j", """ "\ufdd0env:API_KEY\ufdd1" """)
            .Set("b", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Mark)))
            .Set("u", Uri.EscapeDataString(Mark))
            .Set("h", "&#xfdd0;env:API_KEY&#xfdd1;");

        Assert.False(SecretPlaceholders.Contains(Template.Parse(template).Render(scope).Text));
        Assert.False(SecretPlaceholders.Contains(Template.Parse(template).Evaluate(scope).Value));
    }

    [Fact]
    public void Data_ThatHoldsAMarkDeepInside_ComesThroughCleaned()
    {
        var value =
            Template.Parse("{{ v }}").Evaluate(new ExpressionScope().Set("v", new JsonObject { ["a"] = new JsonArray(Mark, 1) })).Value;

        Assert.Equal("\uFFFDenv:API_KEY\uFFFD", value!["a"]![0]!.GetValue<string>());
    }

    [Theory]
    [InlineData("{{ env.API_KEY | b64enc }}")]
    [InlineData("{{ env.API_KEY | upper }}")]
    [InlineData("{{ env.API_KEY | length }}")]
    [InlineData("{{ env.API_KEY | replace('a', 'b') }}")]
    [InlineData("{{ env[name] }}")]
    [InlineData("{{ env }}")]
    [InlineData("{{ .env }}")]
    [InlineData("{% for k in env %}{% endfor %}")]
    [InlineData("{{ env.A | default(env.B) }}")]
    [InlineData("{{ env.A == 'x' }}")]
    [InlineData("{% if env.A %}{% endif %}")]
    [InlineData("{{ if .env.A }}{{ end }}")]
    [InlineData("{{ env.A or 'x' }}{{ not env.A }}{{ 1 if env.A }}")]
    [InlineData("{% set s = env.A %}{{ s[0:3] }}")]
    [InlineData("{% set s = env.A %}{{ s[0] }}")]
    [InlineData("{% set s = env.A %}{% for c in s %}{{ c }}{% endfor %}")]
    public void Env_LookedIntoOrChosenByData_IsRefused(string template) =>
        Assert.Equal("template_secret", Fault(template, """{"name": "API_KEY"}""").Code);

    [Fact]
    public void Env_AsTheNameOfALocal_IsThatLocal() =>
        Assert.Equal("x", Text("{% for env in [{'A': 'x'}] %}{{ env.A }}{% endfor %}"));

    [Fact]
    public void Scope_SetEnv_IsRefused() => Assert.Throws<ArgumentException>(() => new ExpressionScope().Set("env", "x"));

    [Theory]
    [InlineData("jmespath", "env.API_KEY == 'x'")]
    [InlineData("expr", "env.API_KEY == 'x'")]
    [InlineData("template", "{{ env.API_KEY }}")]
    public void Condition_ThatReadsEnv_IsRefused(string type, string expression) =>
        Assert.ThrowsAny<WeftException>(() => CompiledCondition.Parse(type, expression));
}
