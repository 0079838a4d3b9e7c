namespace Weft.Api.Tests;

/// <summary>Waits for what comes about by itself.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Reads until there is something; a test whose something does not come fails.</summary>
    public static async Task<T> ReadAsync<T>(Func<Task<T?>> read)
        where T : class
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            if (await read() is { } found)
            {
                return found;
            }

            await Task.Delay(Pause, deadline.Token);
        }
    }
}
