using Weft.Language.Expressions;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Tests.Expressions;

public sealed class TemplateSyntaxErrorTests
{
    [Theory]
    [InlineData("{{ a", "The tag is not closed by '}}'.", 4)]
    [InlineData("{{ }}", "The braces are empty. Write an expression between them.", 0)]
    [InlineData("{{ a b }}", "'a' is followed by 'b', but is no function. An operator or the end of the expression was expected.", 3)]
    [InlineData("{{ a = b }}", "'=' compares nothing. Write '==' to compare.", 5)]
    [InlineData("{{ 'abc }}", "The text that begins with ' is not closed.", 3)]
    [InlineData("{{ a[1 }}", "Expected ']', but found '}'.", 7)]
    [InlineData("{{ (a }}", "Expected ')', but found '}'.", 6)]
    [InlineData("{{ f(a }}", "There is no function 'f'. docs/template-functions.md lists all.", 3)]
    [InlineData("{{ a + }}", "Expected a value, but found '}'.", 7)]
    [InlineData("{{ a | }}", "Expected the name of a function behind '|', but found '}'.", 7)]
    [InlineData("{{ a is b }}", null, 8)]
    [InlineData("{% if a %}x", "'if' is never closed. Close it with {% endif %}.", 3)]
    [InlineData("{{ if .a }}x", "'if' is never closed. Close it with {{ end }}.", 3)]
    [InlineData("{% for x in xs %}{% endif %}", "'endif' does not belong to the 'for' of line 1, which is closed with {% endfor %}.", 20)]
    [InlineData("{% if a %}{{ end }}", null, 3)]
    [InlineData("{{ if .a }}{% endif %}", "'endif' does not belong to the 'if' of line 1, which is closed with {{ end }}.", 14)]
    [InlineData("{% endif %}", "'endif' belongs to no open block.", 3)]
    [InlineData("{% fro x in y %}", "There is no tag 'fro'. Did you mean 'for'?", 3)]
    [InlineData("{% include 'x' %}", null, 3)]
    [InlineData("{% macro f() %}", null, 3)]
    [InlineData("{{ template \"x\" . }}", "'template' is not part of these templates: each stands alone.", 3)]
    [InlineData("{{ $x }}", null, 3)]
    [InlineData("{{ $x = 1 }}", "The variable '$x' is not declared here. Declare it with '$x := …'.", 3)]
    [InlineData("{# never closed", null, 0)]
    [InlineData("{% raw %}x", "'raw' is never closed. Close it with {% endraw %}.", 3)]
    [InlineData("{% break %}", "'break' stands outside of any loop.", 3)]
    [InlineData("{% for in xs %}{% endfor %}", "Expected a name, but found 'in'.", 9)]
    [InlineData("{{ a.b() }}", "There is no method 'b'.", 5)]
    [InlineData("{{ xs.append(1) }}", null, 6)]
    [InlineData("{{ 12ab }}", "Expected a number, but found '12ab'.", 3)]
    [InlineData("{{ replace('a') }}", "'replace' needs 'old': replace(text, old, new, count?).", 3)]
    [InlineData("{{ 'a' | upper(1) }}", "'upper' takes at most 1 argument, not 2: upper(text).", 9)]
    [InlineData("{{ 'a' | truncate(lenght=1) }}",
        "'truncate' has no parameter 'lenght': truncate(text, length?, killwords?, end?, leeway?). Did you mean 'length'?", 18)]
    [InlineData("{{ 'a' | uper }}", "There is no function 'uper'. Did you mean 'upper'? docs/template-functions.md lists all.", 9)]
    public void Parse_AFaultyTemplate_SaysWhatIsWrongAndWhere(string template, string? fault, int offset)
    {
        var exception = Assert.Throws<TemplateException>(() => Template.Parse(template));

        Assert.Contains(exception.Code, (string[])["template_syntax", "template_unknown_function", "template_unknown_path"]);
        Assert.Equal(fault ?? exception.Reason, exception.Reason);
        Assert.Equal(offset, exception.Position.Offset);
    }

    [Fact]
    public void Parse_AFaultOnALaterLine_HasItsLineAndColumn()
    {
        var exception = Assert.Throws<TemplateException>(() => Template.Parse("one\ntwo {{ name }}\n  {{ name | uper }}"));

        Assert.Equal((3, 13), (exception.Position.Line, exception.Position.Column));
        Assert.Equal("{{ name | uper }}", exception.Expression);
        Assert.Equal("template_unknown_function", exception.Code);
    }

    [Theory]
    [InlineData("just { braces } and 100% {text}")]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("a { { b } }")]
    public void Parse_TextWithoutTags_IsLiteral(string text)
    {
        var template = Template.Parse(text);

        Assert.True(template.IsLiteral);
        Assert.Equal(text, template.Render(new ExpressionScope()).Text);
    }

    [Fact]
    public void Tools_WithoutACallback_AreNotAvailable()
    {
        var exception =
            Assert.Throws<TemplateException>(() => Template.Parse("{{ .tools.billing.status(1) }}").Render(new ExpressionScope()));

        Assert.Equal("template_unavailable", exception.Code);
        Assert.Contains("not available here", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ now }}")]
    [InlineData("{{ uuid }}")]
    [InlineData("{{ 1 | validateSchema('x') }}")]
    public void Services_ThatAreNotThere_AreNotAvailable(string template) =>
        Assert.Equal(
            "template_unavailable", Assert.Throws<TemplateException>(() => Template.Parse(template).Render(new ExpressionScope())).Code);

    [Fact]
    public void ValidateSchema_AValueOfAnotherForm_ListsTheFaults()
    {
        var exception = Rendering.Fault("{{ v | validateSchema('order') }}", """{"v": {"bad": 1}}""");

        Assert.Equal("template_schema", exception.Code);
        Assert.Contains("order: 'bad' is not allowed", exception.Message, StringComparison.Ordinal);
    }
}
