using Weft.Runtime.Executions;

namespace Weft.Runtime.Tests.Executions;

public sealed class ExecutionIdsTests
{
    [Fact]
    public void Create_SortsByTimeAndNeverRepeats()
    {
        var start = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var ids = Enumerable.Range(0, 1000).Select(i => ExecutionIds.Create(start.AddMilliseconds(i))).ToList();

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal(1000, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[0-9a-z]{26}$", id));
    }

    [Fact]
    public void Create_InTheSameMillisecond_NeverRepeats()
    {
        var now = DateTimeOffset.UnixEpoch;

        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => ExecutionIds.Create(now)).Distinct().Count());
    }
}
