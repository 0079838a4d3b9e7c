using Weft.Language.Definitions;
using Weft.Language.Loading;
using Weft.Workflows.Execution;

namespace Weft.Workflows.Tests.Execution;

public sealed class CompiledWorkflowsTests
{
    private readonly CompiledWorkflows _sut = new();

    [Fact]
    public void Of_TheSameContent_PackedOrNot_IsCompiledOnce()
    {
        var text = Text("demo");

        var first = _sut.Of("sha256:1", text);

        Assert.Same(first, _sut.Of("sha256:1", PackedDefinition.Pack(text)));
        Assert.NotSame(first, _sut.Of("sha256:2", Text("other")));
    }

    [Fact]
    public void Of_AHistoryWithoutAHash_GoesByItsText()
    {
        var demo = _sut.Of("", Text("demo"));

        Assert.Same(demo, _sut.Of("", Text("demo")));
        Assert.Equal("other", _sut.Of("", Text("other")).Definition.Id);
    }

    [Fact]
    public void Of_MoreThanAreKept_LetsTheOneGoThatWasNotUsedForLongest()
    {
        var text = Text("demo");
        var first = _sut.Of("0", text);
        var second = _sut.Of("1", text);
        for (var i = 2; i <= CompiledWorkflows.Most; i++)
        {
            Assert.Same(first, _sut.Of("0", text));
            _sut.Of(i.ToString(System.Globalization.CultureInfo.InvariantCulture), text);
        }

        Assert.Same(first, _sut.Of("0", text));
        Assert.NotSame(second, _sut.Of("1", text));
    }

    [Theory]
    [InlineData("{{ .tasks.par.output.right.output.mood }}", true)]
    [InlineData("{{ tasks.par.output['right'].output.mood }}", true)]
    [InlineData("{{ with .tasks.par.output }}{{ .right.output.mood }}{{ end }}", true)]
    [InlineData("{{ .tasks.par.output.right.mood }}", false)]
    [InlineData("{{ .tasks.bright.output.mood }}", false)]
    [InlineData("It is right.output, in plain words.", false)]
    public void AsksForOutputOf_ReadsTemplates_NotWords(string text, bool asks) =>
        Assert.Equal(asks, _sut.Of("", Text("demo", text)).AsksForOutputOf("right"));

    private static string Text(string name, string said = "x")
    {
        var loaded = WorkflowLoader.Load(
            $"name: {name}\ntasks: [{{ id: par, with: {{ said: \"{said.Replace("\"", "\\\"", StringComparison.Ordinal)}\" }} }}]\n");
        Assert.False(loaded.HasErrors, string.Join('\n', loaded.Diagnostics));
        return WorkflowDefinitionJson.Serialize(loaded.Definition!);
    }
}
