using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Weft.Agents.Storage;
using Weft.Conformance;
using Weft.Embedded.Engine;

namespace Weft.Embedded.Tests;

public sealed class EmbeddedActivityTests : ActivityConformance
{
    protected override Task<IEngineUnderTest> OpenAsync(EngineSetup setup, ShiftedTime time) => EmbeddedUnderTest.StartAsync(setup, time);
}

public sealed class EmbeddedRetryTests : RetryConformance
{
    protected override Task<IEngineUnderTest> OpenAsync(EngineSetup setup, ShiftedTime time) => EmbeddedUnderTest.StartAsync(setup, time);
}

public sealed class EmbeddedTimerTests : TimerConformance
{
    protected override Task<IEngineUnderTest> OpenAsync(EngineSetup setup, ShiftedTime time) => EmbeddedUnderTest.StartAsync(setup, time);
}

public sealed class EmbeddedEventTests : EventConformance
{
    protected override Task<IEngineUnderTest> OpenAsync(EngineSetup setup, ShiftedTime time) => EmbeddedUnderTest.StartAsync(setup, time);
}

public sealed class EmbeddedSubOrchestrationTests : SubOrchestrationConformance
{
    protected override Task<IEngineUnderTest> OpenAsync(EngineSetup setup, ShiftedTime time) => EmbeddedUnderTest.StartAsync(setup, time);
}

public sealed class EmbeddedContinueAsNewTests : ContinueAsNewConformance
{
    protected override Task<IEngineUnderTest> OpenAsync(EngineSetup setup, ShiftedTime time) => EmbeddedUnderTest.StartAsync(setup, time);
}

public sealed class EmbeddedLifecycleTests : LifecycleConformance
{
    protected override Task<IEngineUnderTest> OpenAsync(EngineSetup setup, ShiftedTime time) => EmbeddedUnderTest.StartAsync(setup, time);
}

public sealed class EmbeddedListingTests : ListingConformance
{
    protected override Task<IEngineUnderTest> OpenAsync(EngineSetup setup, ShiftedTime time) => EmbeddedUnderTest.StartAsync(setup, time);
}

public sealed class EmbeddedReplayTests : ReplayConformance
{
    protected override Task<IEngineUnderTest> OpenAsync(EngineSetup setup, ShiftedTime time) => EmbeddedUnderTest.StartAsync(setup, time);
}

public sealed class EmbeddedPayloadTests : PayloadConformance
{
    protected override Task<IEngineUnderTest> OpenAsync(EngineSetup setup, ShiftedTime time) => EmbeddedUnderTest.StartAsync(setup, time);
}

public sealed class EmbeddedCancellationTests : CancellationConformance
{
    protected override Task<IEngineUnderTest> OpenAsync(EngineSetup setup, ShiftedTime time) => EmbeddedUnderTest.StartAsync(setup, time);
}

public sealed class SqliteRecordStoreTests : RecordStoreConformance
{
    private readonly TemporaryFolder _folder = new();
    private EmbeddedEngine? _engine;

    protected override Task<IRecordStore> OpenEmptyStoreAsync()
    {
        _engine = new EmbeddedEngine(
            new EmbeddedEngineOptions { DataFolder = _folder.Path }, [], [], new ServiceCollection().BuildServiceProvider(),
            TimeProvider.System, NullLogger<EmbeddedEngine>.Instance);
        return Task.FromResult(_engine.Records);
    }

    protected override async Task CloseStoreAsync()
    {
        await _engine!.DisposeAsync();
        _folder.Dispose();
    }
}
