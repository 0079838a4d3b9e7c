namespace Weft.EndToEnd.Harness;

/// <summary>Waits for what nobody signals.</summary>
internal static class Eventually
{
    public static async Task HoldsAsync(Func<bool> condition, CancellationToken deadline)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!condition())
        {
            await timer.WaitForNextTickAsync(deadline);
        }
    }
}
