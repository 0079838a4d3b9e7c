namespace Weft.EndToEnd.Harness;

/// <summary><c>weft serve</c> as a process, and a client of its API.</summary>
internal sealed class WeftServer : ApiClient, IAsyncDisposable
{
    private WeftServer(WeftProcess process, Uri address)
        : base(address, new SocketsHttpHandler(), TimeSpan.FromMilliseconds(20)) => Process = process;

    public WeftProcess Process { get; }

    /// <summary>Starts it on a free port, and returns when it listens.</summary>
    public static async Task<WeftServer> StartAsync(
        string folder, IReadOnlyDictionary<string, string> environment, CancellationToken deadline, params string[] args)
    {
        var process = WeftProcess.Start(folder, environment, ["serve", "--urls", "http://127.0.0.1:0", .. args]);
        try
        {
            return new WeftServer(process, new Uri((await process.LineAsync("Now listening on: ", deadline)).Split(' ')[0]));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Process.DisposeAsync();
    }
}
