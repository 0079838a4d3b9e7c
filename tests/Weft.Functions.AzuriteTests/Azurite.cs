using System.Diagnostics;
using System.Net.Sockets;

namespace Weft.Functions.AzuriteTests;

/// <summary>
/// The table service of the storage emulator: one that listens already, else one that is started for the tests and ended with them.
/// </summary>
public sealed class Azurite : IAsyncLifetime
{
    private const int Port = 10002;

    /// <summary>The emulator's published account and key.</summary>
    public const string ConnectionString =
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;"
        + "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
        + "TableEndpoint=http://127.0.0.1:10002/devstoreaccount1;";

    private const string HowTo =
        "These tests need the storage emulator. Install Node.js 20 or later, which brings npx, or start it by hand: "
        + "npx azurite@3.35.0 --inMemoryPersistence --skipApiVersionCheck";

    private static readonly TimeSpan StartWithin = TimeSpan.FromMinutes(2);

    private Process? _process;

    public async Task InitializeAsync()
    {
        if (await ListensAsync())
        {
            return;
        }

        try
        {
            _process = Process.Start(
                new ProcessStartInfo("npx", "--yes azurite@3.35.0 --inMemoryPersistence --skipApiVersionCheck --disableTelemetry --silent")
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new InvalidOperationException(HowTo, missing);
        }

        using var deadline = new CancellationTokenSource(StartWithin);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (!await ListensAsync())
        {
            if (_process is not { HasExited: false })
            {
                throw new InvalidOperationException(
                    $"The storage emulator ended at its start: {await _process!.StandardError.ReadToEndAsync(deadline.Token)} {HowTo}");
            }

            try
            {
                await timer.WaitForNextTickAsync(deadline.Token);
            }
            catch (OperationCanceledException late)
            {
                throw new InvalidOperationException(
                    $"The storage emulator did not listen on port {Port} within {StartWithin.TotalMinutes} minutes. {HowTo}", late);
            }
        }
    }

    public Task DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
        }

        _process?.Dispose();
        return Task.CompletedTask;
    }

    private static async Task<bool> ListensAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
