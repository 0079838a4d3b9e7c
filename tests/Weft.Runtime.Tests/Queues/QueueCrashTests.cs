using Weft.Runtime.CrashHost;

namespace Weft.Runtime.Tests.Queues;

public sealed class QueueCrashTests
{
    // A thousand: dotnet run --project tests/Weft.Agents.CrashHost -- soak --kills 1000
    [Fact]
    public async Task AnIntakeThatIsKilledAtRandomWrites_StartsEachMessageExactlyOnce()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(4));

        var report = await QueueSoak.RunAsync(kills: 20, seed: 20261120, progress: null, deadline.Token);

        Assert.Equal(20, report.Kills);
        Assert.True(report.Faults.Count == 0, report.ToString());
        Assert.Equal(report.Messages, report.Executions);
    }
}
