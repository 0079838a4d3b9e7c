using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Weft.Conformance;
using Weft.Embedded.Engine;
using Weft.Workflows.Durable;

namespace Weft.Extending.Tests.Engines;

/// <summary>The engine on storage of its own. Here it is the embedded one; yours takes its place.</summary>
internal sealed class EngineUnderTest(ShiftedTime time) : IEngineUnderTest
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weft-engine-").FullName;
    private EmbeddedEngine _engine = null!; // StartAgainAsync comes first

    public IOrchestrationClient Client => _engine.Client;

    public static async Task<IEngineUnderTest> StartAsync(EngineSetup setup, ShiftedTime time)
    {
        var engine = new EngineUnderTest(time);
        await engine.StartAgainAsync(setup);
        return engine;
    }

    public async Task StartAgainAsync(EngineSetup setup)
    {
        var options = new EmbeddedEngineOptions { DataFolder = _folder, DrainTimeout = setup.DrainTimeout };
        options.MaxConcurrentActivities = setup.MaxConcurrentActivities ?? options.MaxConcurrentActivities;
        _engine = new EmbeddedEngine(
            options, setup.Activities, setup.Orchestrators, new ServiceCollection().BuildServiceProvider(), time,
            NullLogger<EmbeddedEngine>.Instance);
        await _engine.StartAsync(CancellationToken.None);
    }

    public Task StopAsync() => _engine.StopAsync(CancellationToken.None);

    public async Task LoseProcessAsync(EngineSetup setup)
    {
        await _engine.StopAsync(new CancellationToken(canceled: true));
        await StartAgainAsync(setup);
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.StopAsync(new CancellationToken(canceled: true));
        Directory.Delete(_folder, recursive: true);
    }
}
