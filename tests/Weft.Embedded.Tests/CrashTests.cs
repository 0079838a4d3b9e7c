using Weft.Embedded.CrashHost;

namespace Weft.Embedded.Tests;

public sealed class CrashTests
{
    /// <summary>The soak command of the crash host does the same for thousands of kills.</summary>
    [Fact]
    public async Task Process_KilledAtRandomMoments_LosesNothingAndRepeatsNothingAcknowledged()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(3));

        var report = await Soak.RunAsync(kills: 25, seed: 20240601, progress: null, deadline.Token);

        Assert.True(report.Faults.Count == 0, report.ToString());
        Assert.True(report.Instances > 0, report.ToString());
    }
}
