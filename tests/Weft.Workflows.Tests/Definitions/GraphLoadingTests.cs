using Weft.Workflows.Definitions;

namespace Weft.Workflows.Tests.Definitions;

public sealed class GraphLoadingTests
{
    [Fact]
    public void Load_TheAdvancedSupportWorkflow_HasNoErrors()
    {
        var result = WorkflowLoader.Load(Fixture.Read("customer_support_advanced.yaml"), "customer_support_advanced.yaml");

        Assert.Empty(result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString()));
    }
}
