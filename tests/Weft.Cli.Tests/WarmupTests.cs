using Weft.Cli.Hosting;
using Weft.Language.Loading;

namespace Weft.Cli.Tests;

/// <summary>What a second thread does while the product starts.</summary>
public sealed class WarmupTests
{
    [Fact]
    public void Sample_LoadsWithoutAFinding() => Assert.Empty(WorkflowLoader.Load(Warmup.Sample).Diagnostics);

    [Fact]
    public void Run_GoesThroughEveryContract() => Warmup.Run();
}
