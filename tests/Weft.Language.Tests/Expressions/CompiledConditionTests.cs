using System.Text.Json.Nodes;
using Weft.Language.Expressions;
using Weft.Language.Expressions.Values;
using static Weft.Language.Tests.Expressions.Rendering;

namespace Weft.Language.Tests.Expressions;

public sealed class CompiledConditionTests
{
    private const string Data = """
        {
          "node_outputs": {"x": {"intent": "a", "items": [{"score": 0.2}, {"score": 0.9}], "empty": []}},
          "confidence": 0.85, "count": 3, "zero": 0, "name": "Ada", "nothing": null, "yes": true, "word": "false", "list": [1, 2], "blank": ""
        }
        """;

    [Theory]
    [InlineData("node_outputs[\"x\"][\"intent\"] == \"a\" and confidence > 0.8", true)]
    [InlineData("node_outputs['x']['intent'] != 'a' or not yes", false)]
    [InlineData("node_outputs.x.intent == 'a'", true)]
    [InlineData("count in [1, 2, 3]", true)]
    [InlineData("count not in list", true)]
    [InlineData("nothing is None", true)]
    [InlineData("name is not None", true)]
    [InlineData("yes == True and zero == False", false)]
    [InlineData("yes is True", true)]
    [InlineData("not zero", true)]
    [InlineData("zero", false)]
    [InlineData("blank", false)]
    [InlineData("word", true)]
    [InlineData("node_outputs['x']['empty']", false)]
    [InlineData("len(list) == 2 and len(name) > 2", true)]
    [InlineData("str(count) == '3' and int('3') == count and float('0.5') < 1", true)]
    [InlineData("any(item['score'] > 0.8 for item in node_outputs['x']['items'])", true)]
    [InlineData("all(item['score'] > 0.8 for item in node_outputs['x']['items'])", false)]
    [InlineData("sum([i['score'] for i in node_outputs['x']['items']]) > 1", true)]
    [InlineData("min(list) == 1 and max(list) == 2 and sum(list) == 3 and abs(-1) == 1 and round(2.6) == 3", true)]
    [InlineData("name.lower().startswith('ad') and name.upper() == 'ADA' and 'da' in name", true)]
    [InlineData("1 < count <= 3", true)]
    [InlineData("count % 2 == 1 and count ** 2 == 9 and count // 2 == 1", true)]
    [InlineData("(count > 5 or confidence >= 0.85) and not (name == 'Bob')", true)]
    [InlineData("'big' if count > 2 else ''", true)]
    [InlineData("node_outputs.get('y', {}).get('intent') == 'a'", false)]
    [InlineData("list == [1, 2] and {'a': 1} == {'a': 1.0}", true)]
    [InlineData("sorted(list, reverse=True)[0] == 2", true)]
    [InlineData(".count > 2 && .name == \"Ada\"", true)]
    [InlineData("count > 2 && !zero || false", true)]
    [InlineData("name in {'Ada', 'Bob'} and name in ('Ada',)", true)]
    public void Expr_HasPythonsMeaning(string expression, bool expected)
    {
        Assert.Equal(expected, Holds("expr", expression, Data));
        Assert.Equal(expected, Holds("python_expr", expression, Data));
    }

    [Theory]
    [InlineData("{{ .confidence > 0.8 }}", true)]
    [InlineData("{{ .count }}", true)]
    [InlineData("{{ .zero }}", false)]
    [InlineData("{{ .word }}", false)]
    [InlineData("{{ .blank }}", false)]
    [InlineData("{{ .nothing }}", false)]
    [InlineData("{{ .list }}", true)]
    [InlineData("{% if count > 2 %}true{% else %}false{% endif %}", true)]
    [InlineData("{% if count > 5 %}true{% else %} no {% endif %}", false)]
    [InlineData("{{ if .yes }}yes{{ end }}", true)]
    [InlineData("confidence > 0.9", false)]
    [InlineData(".name == 'Ada'", true)]
    public void Template_IsTrueByItsValueOrItsWord(string expression, bool expected) =>
        Assert.Equal(expected, Holds("template", expression, Data));

    [Theory]
    [InlineData("confidence > `0.8`", true)]
    [InlineData("node_outputs.x.intent == 'a'", true)]
    [InlineData("node_outputs.x.empty", false)]
    [InlineData("zero", true)]
    [InlineData("blank", false)]
    [InlineData("nothing", false)]
    [InlineData("not_there.at.all", false)]
    [InlineData("node_outputs.x.items[?score > `0.8`]", true)]
    [InlineData("node_outputs.x.items[?score > `1`]", false)]
    [InlineData("contains(name, 'd') && length(list) == `2`", true)]
    [InlineData("keys(@) | contains(@, 'name')", true)]
    [InlineData("*.intent", false)]
    public void JmesPath_IsTrueByItsSpecification(string expression, bool expected) =>
        Assert.Equal(expected, Holds("jmespath", expression, Data));

    [Fact]
    public void JmesPath_MakesOnlyTheNamesItReads()
    {
        var scope = new ExpressionScope().Set("output", JsonNode.Parse("""{"intent": "a"}""")).SetLazy(
            "huge", () => throw new InvalidOperationException("read"));

        Assert.True(CompiledCondition.Parse("jmespath", "output.intent == 'a'").Evaluate(scope));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", "")]
    [InlineData("always", null)]
    [InlineData("always", "anything")]
    public void Always_Holds(string? type, string? expression) =>
        Assert.True(CompiledCondition.Parse(type, expression).Evaluate(new ExpressionScope()));

    [Theory]
    [InlineData("expr", "confidence > unknown_limit", "template_unknown_path")]
    [InlineData("expr", "confidnce > 0.8", "template_unknown_path")]
    [InlineData("template", "{{ .confidnce }}", "template_unknown_path")]
    [InlineData("expr", "name > 1", "template_type")]
    [InlineData("jmespath", "sum(name)", "jmespath_invalid_type")]
    public void Evaluate_WhatCantBeDecided_IsAnError(string type, string expression, string code) =>
        Assert.Equal(code, Assert.ThrowsAny<WeftException>(() => Holds(type, expression, Data)).Code);

    [Theory]
    [InlineData("jmes", "a", "condition_unknown_type")]
    [InlineData("jmespath", "", "condition_empty")]
    [InlineData("jmespath", "a ==", "jmespath_syntax")]
    [InlineData("jmespath", "a = 'b'", "jmespath_syntax")]
    [InlineData("expr", "a = 'b'", "template_syntax")]
    [InlineData("expr", "__import__('os').system('x')", "template_unknown_function")]
    [InlineData("expr", "open('/etc/passwd')", "template_unknown_function")]
    [InlineData("expr", "().__class__.__bases__()", "template_unknown_function")]
    [InlineData("expr", "lambda: 1", "template_syntax")]
    [InlineData("expr", "a; b", "template_syntax")]
    [InlineData("template", "{{ a", "template_syntax")]
    public void Parse_AFaultyCondition_IsAnErrorWithACode(string type, string expression, string code) =>
        Assert.Equal(code, Assert.ThrowsAny<WeftException>(() => CompiledCondition.Parse(type, expression)).Code);

    [Fact]
    public void Parse_AnUnknownType_OffersTheNearest() =>
        Assert.Contains("Did you mean 'jmespath'?", Assert.Throws<WeftException>(() => CompiledCondition.Parse("jmes_path", "a")).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("jmespath", "a.b == c && length(d) > `1`", "a c d", false)]
    [InlineData("jmespath", "@.a", "a", false)]
    [InlineData("jmespath", "keys(@)", "", true)]
    [InlineData("jmespath", "items[?name == 'x'].y | [0]", "items", false)]
    [InlineData("expr", "a.b > c['d']", "a.b c.d", false)]
    public void ReferencedPaths_TellWhatIsRead(string type, string expression, string paths, bool whole)
    {
        var condition = CompiledCondition.Parse(type, expression);

        Assert.Equal(paths, string.Join(' ', condition.ReferencedPaths));
        Assert.Equal(whole, condition.ReadsWholeScope);
    }
}
