namespace Weft.Conformance;

/// <summary>Waits for what nobody signals.</summary>
public static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(2);

    /// <summary>Waits until a condition holds.</summary>
    public static async Task HoldsAsync(Func<bool> condition, CancellationToken deadline)
    {
        using var timer = new PeriodicTimer(Interval);
        while (!condition())
        {
            await timer.WaitForNextTickAsync(deadline);
        }
    }

    /// <summary>Waits until a condition holds.</summary>
    public static async Task HoldsAsync(Func<Task<bool>> condition, CancellationToken deadline)
    {
        using var timer = new PeriodicTimer(Interval);
        while (!await condition())
        {
            await timer.WaitForNextTickAsync(deadline);
        }
    }

    /// <summary>Waits until a condition holds, or for a while.</summary>
    public static async Task<bool> HoldsOrTimesOutAsync(Func<bool> condition, TimeSpan patience, CancellationToken deadline)
    {
        using var patient = CancellationTokenSource.CreateLinkedTokenSource(deadline);
        patient.CancelAfter(patience);
        try
        {
            await HoldsAsync(condition, patient.Token);
            return true;
        }
        catch (OperationCanceledException) when (!deadline.IsCancellationRequested)
        {
            return false;
        }
    }
}
