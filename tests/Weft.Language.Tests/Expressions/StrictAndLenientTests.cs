using Weft.Language.Expressions;
using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;
using static Weft.Language.Tests.Expressions.Rendering;

namespace Weft.Language.Tests.Expressions;

public sealed class StrictAndLenientTests
{
    private const string Data = """
        {"input": {"name": "Ada", "order_id": 7, "lines": [{"price": 1}, {"cost": 2}]}, "tasks": {"triage": {"output": {"intent": "refund"}}}, "nothing": null, "text": "t"}
        """;

    [Theory]
    [InlineData("{{ inptu.name }}", "inptu", "Unknown path 'inptu'. Did you mean 'input'?")]
    [InlineData("{{ .tasks.triage.ouput.intent }}", "tasks.triage.ouput",
        "Unknown path 'tasks.triage.ouput': 'tasks.triage' has no 'ouput'. Did you mean 'tasks.triage.output'?")]
    [InlineData("{{ input['nmae'] }}", "input.nmae", "Unknown path 'input.nmae': 'input' has no 'nmae'. Did you mean 'input.name'?")]
    [InlineData("{{ tasks.zebra.output }}", "tasks.zebra", "Unknown path 'tasks.zebra': 'tasks' has no 'zebra'. It has: triage.")]
    [InlineData("{{ nothing.at.all }}", "nothing.at", "Unknown path 'nothing.at': 'nothing' is null.")]
    [InlineData("{{ text.length }}", "text.length", "Unknown path 'text.length': 'text' is text and has no members.")]
    [InlineData("{{ input.lines.price }}", "input.lines.price",
        "Unknown path 'input.lines.price': 'input.lines' is a list. Take one of its items (input.lines[0]), or a field of all "
        + "(input.lines | map('price')).")]
    [InlineData("{{ input.lines[5] }}", "input.lines[5]", "Unknown path 'input.lines[5]': 'input.lines' has 2 items.")]
    [InlineData("{{ $.zzz }}", "zzz", "Unknown path 'zzz'. Known here: input, nothing, tasks, text.")]
    public void Strict_AnUnknownPath_IsAnErrorThatNamesTheNearest(string template, string path, string fault)
    {
        var exception = Fault(template, Data);

        Assert.Equal("template_unknown_path", exception.Code);
        Assert.Equal(path, exception.UnknownPath);
        Assert.Equal(fault, exception.Reason);
        Assert.Equal(template, exception.Expression);
    }

    [Fact]
    public void Strict_AnUnknownPathInALongText_HasItsPlace()
    {
        var exception = Fault("Dear {{ input.name }},\nyour order {{ input.order }} is here.", Data);

        Assert.Equal(new TemplatePosition(37, 2, 15), exception.Position);
        Assert.Equal("{{ input.order }}", exception.Expression);
        Assert.EndsWith("(line 2, column 15, in: {{ input.order }})", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ a.b.c | default('x') }}", "x")]
    [InlineData("{{ .a.b | default \"x\" }}", "x")]
    [InlineData("{{ a is defined }}{{ a.b is not defined }}{{ a.b is none }}", "falsetruetrue")]
    [InlineData("{% if a %}1{% elif a.b %}2{% else %}3{% endif %}", "3")]
    [InlineData("{{ if .a.b }}1{{ else }}2{{ end }}{{ with .a }}x{{ end }}", "2")]
    [InlineData("{{ 'y' if a.b else 'n' }}{{ a or 'z' }}{{ not a }}{{ a and b }}", null)]
    [InlineData("{{ 'y' if a.b else 'n' }}{{ a or 'z' }}{{ not a }}", "nztrue")]
    [InlineData("{{ coalesce(a, a.b, text) }}{{ empty(a) }}{{ a | ternary(1, 2) }}", "ttrue2")]
    [InlineData("{{ input.lines | selectattr('price') | list | length }}{{ input.lines | filter('price', 1) | length }}", "11")]
    [InlineData("{{ input.lines | map(attribute='price', default=0) | sum }}{{ get(input, 'zip', 'none') }}", "1none")]
    [InlineData("{{ index .input \"zip\" | default \"x\" }}", "x")]
    public void Strict_WhereMissingIsMeant_IsNoError(string template, string? expected)
    {
        if (expected is null)
        {
            Assert.Equal("a", Fault(template, Data).UnknownPath);
        }
        else
        {
            Assert.Equal(expected, Text(template, Data));
        }
    }

    [Theory]
    [InlineData("{{ a == 1 }}")]
    [InlineData("{{ a.b > 1 }}")]
    [InlineData("{{ a | upper }}")]
    [InlineData("{{ [a] }}")]
    [InlineData("{{ {'x': a} }}")]
    [InlineData("{{ a ~ 'x' }}")]
    [InlineData("{{ a + 1 }}")]
    [InlineData("{{ -a }}")]
    [InlineData("{{ input[a] }}")]
    [InlineData("{% for x in a %}{% endfor %}")]
    [InlineData("{{ range .a }}{{ end }}")]
    [InlineData("{{ input.lines | map('price') }}")]
    [InlineData("{{ input.lines | sum('price') }}")]
    [InlineData("{{ index .input \"zip\" }}")]
    [InlineData("{% set x = a %}{{ x }}")]
    public void Strict_AMissingValueThatIsUsed_IsAnError(string template) =>
        Assert.Equal("template_unknown_path", Fault(template, Data).Code);

    [Theory]
    [InlineData("[{{ input.nme }}]", "[]", "input.nme")]
    [InlineData("[{{ a.b.c | upper }}]", "[]", "a")]
    [InlineData("[{{ a | join(', ') }}]", "[]", "a")]
    [InlineData("[{% for x in a.xs %}{{ x }}{% else %}none{% endfor %}]", "[none]", "a")]
    [InlineData("[{{ range .a }}x{{ end }}]", "[]", "a")]
    [InlineData("[{{ 'x' ~ a ~ 'y' }}]", "[xy]", "a")]
    [InlineData("[{{ a == 1 }}{{ a > 1 }}]", "[falsefalse]", "a")]
    [InlineData("[{{ a + 1 }}]", "[]", "a")]
    [InlineData("[{{ [a, 1] }}]", "[[null,1]]", "a")]
    [InlineData("[{{ input.lines | map('price') | join('-') }}]", "[1-]", "[1].price")]
    public void Lenient_AMissingValue_RendersEmptyAndIsAWarning(string template, string expected, string path)
    {
        var result = Template.Parse(template).Render(Scope(Data), TemplateOptions.Lenient);

        Assert.Equal(expected, result.Text);
        Assert.Equal(path, Assert.Single(result.Warnings).Path);
    }

    [Fact]
    public void Lenient_ConditionsAndDefaults_WarnOfNothing()
    {
        var result =
            Template.Parse("{% if a %}x{% endif %}{{ b | default('y') }}{{ c is defined }}").Render(Scope(), TemplateOptions.Lenient);

        Assert.Equal("yfalse", result.Text);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void Lenient_TheSamePathTwice_WarnsOnceWithItsPlace()
    {
        var result = Template.Parse("a\n{{ inputs.name }}{{ inputs.name }}").Render(Scope(Data), TemplateOptions.Lenient);

        var warning = Assert.Single(result.Warnings);
        Assert.Equal("Unknown path 'inputs'. Did you mean 'input'?", warning.Message);
        Assert.Equal(new TemplatePosition(5, 2, 4), warning.Position);
    }

    [Theory]
    [InlineData("{{ 'a' + 1 }}", "'+' does not work on text and a whole number. Join texts with ~.")]
    [InlineData("{{ 1 / 0 }}", "Division by zero.")]
    [InlineData("{{ 1 < 'a' }}", "A whole number and text have no order. Convert one with int, float or string.")]
    [InlineData("{{ 'abc' | int }}", "'int' needs a number, or text that is one, as 'value', not text.")]
    [InlineData("{{ input | upper }}", "'upper' needs text as 'text', not an object.")]
    [InlineData("{{ 5 | length }}", "'length' needs a list, an object or a text as 'value', not a whole number.")]
    [InlineData("{% for a, b in [1] %}{% endfor %}",
        "The loop takes 2 values of each item, but an item is a whole number. Use .items() to loop over an object's names and values.")]
    [InlineData("{{ [1, 'a'] | sort }}", "There is no order between a whole number and text. Sort by an 'attribute'.")]
    [InlineData("{{ 10 ** 400 }}", "The result is not a finite number.")]
    public void WrongType_IsAnErrorThatSaysWhichAndWhat(string template, string fault)
    {
        var exception = Fault(template, Data);

        Assert.Equal("template_type", exception.Code);
        Assert.Equal(fault, exception.Reason);
    }

    [Fact]
    public void Fail_IsTheTemplatesOwnError()
    {
        var exception = Fault("{{ required 'name the customer' .customer }}", Data);

        Assert.Equal(("template_failed", "name the customer"), (exception.Code, exception.Reason));
    }
}
