using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Loading;
using Weft.Language.Tests.Definitions;

namespace Weft.Language.Tests.Loading;

public sealed class ExistingFileTests
{
    [Theory]
    [InlineData("customer_support_advanced.yaml", Dialect.Graph)]
    [InlineData("hello-world.yaml", Dialect.Tasks)]
    [InlineData("customer-support.yaml", Dialect.Tasks)]
    [InlineData("task-types.yaml", Dialect.Tasks)]
    [InlineData("intelligent-customer-support.yaml", Dialect.Tasks)]
    [InlineData("intelligent-data-pipeline.yaml", Dialect.Tasks)]
    [InlineData("issue_creation_workflow.json", Dialect.Steps)]
    public void Load_AFileWrittenElsewhere_HasNoErrors(string name, Dialect dialect)
    {
        var result = WorkflowLoader.Load(Fixture.Read(name), name);

        Assert.Empty(result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString()));
        Assert.Equal(dialect, result.Definition!.Dialect);
    }
}
