using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Weft.Conformance;
using Weft.Embedded.Engine;
using Weft.Workflows.Durable;

namespace Weft.Embedded.Tests;

/// <summary>The embedded engine on a folder of its own.</summary>
internal sealed class EmbeddedUnderTest : IEngineUnderTest
{
    private readonly TemporaryFolder _folder = new();
    private readonly ShiftedTime _time;
    private readonly int? _maxWarm;

    private EmbeddedUnderTest(ShiftedTime time, int? maxWarm)
    {
        _time = time;
        _maxWarm = maxWarm;
    }

    public EmbeddedEngine Engine { get; private set; } = null!;

    public IOrchestrationClient Client => Engine.Client;

    public static async Task<IEngineUnderTest> StartAsync(EngineSetup setup, ShiftedTime time) =>
        await StartAsync(setup, time, maxWarm: null);

    public static async Task<EmbeddedUnderTest> StartAsync(EngineSetup setup, ShiftedTime time, int? maxWarm)
    {
        var started = new EmbeddedUnderTest(time, maxWarm);
        await started.StartAgainAsync(setup);
        return started;
    }

    public async Task StartAgainAsync(EngineSetup setup)
    {
        var options = new EmbeddedEngineOptions { DataFolder = _folder.Path, DrainTimeout = setup.DrainTimeout };
        options.MaxConcurrentActivities = setup.MaxConcurrentActivities ?? options.MaxConcurrentActivities;
        options.MaxWarmInstances = _maxWarm ?? options.MaxWarmInstances;
        Engine = new EmbeddedEngine(
            options, setup.Activities, setup.Orchestrators, new ServiceCollection().BuildServiceProvider(), _time,
            NullLogger<EmbeddedEngine>.Instance);
        await Engine.StartAsync(CancellationToken.None);
    }

    public Task StopAsync() => Engine.StopAsync(CancellationToken.None);

    public async Task LoseProcessAsync(EngineSetup setup)
    {
        await StopAtOnceAsync();
        await StartAgainAsync(setup);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAtOnceAsync();
        _folder.Dispose();
    }

    private async Task StopAtOnceAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await Engine.StopAsync(now.Token);
    }
}

/// <summary>A folder that goes with its test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("weft-embedded-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
