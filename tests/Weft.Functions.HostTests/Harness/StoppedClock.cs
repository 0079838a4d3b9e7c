namespace Weft.Functions.HostTests.Harness;

/// <summary>A day at which the simulated apps stand still, so that what they date twice is dated alike.</summary>
internal sealed class StoppedClock : TimeProvider
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 9, 30, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
