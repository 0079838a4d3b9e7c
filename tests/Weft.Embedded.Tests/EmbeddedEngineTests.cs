using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Weft.Agents.Storage;
using Weft.Conformance;
using Weft.Embedded.Engine;
using Weft.Embedded.Replay;
using Weft.Embedded.Sqlite;
using Weft.Language;
using Weft.Workflows.Durable;

namespace Weft.Embedded.Tests;

public sealed class EmbeddedEngineTests : IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(30));
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        _deadline.Dispose();
    }

    [Fact]
    public async Task Folder_InUse_IsRefusedNamingItAndItsOwner()
    {
        await using var first = Engine();

        var refused = Assert.Throws<DataFolderInUseException>(() => Engine());

        Assert.Equal("data_folder_in_use", refused.Code);
        Assert.Contains(_folder.Path, refused.Message, StringComparison.Ordinal);
        Assert.Contains(
            $"process {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_AfterAStop_IsFree()
    {
        await Engine().DisposeAsync();

        await using var second = Engine();

        Assert.NotNull(second.Client);
    }

    [Fact]
    public void Folder_ThatIsAFile_IsRefused()
    {
        var file = Path.Combine(_folder.Path, "file");
        File.WriteAllText(file, "");

        Assert.Equal("data_folder_unusable", Assert.Throws<WeftException>(() => Engine(file)).Code);
    }

    [Fact]
    public async Task Folder_OfANewerFormat_IsRefused()
    {
        await Engine().DisposeAsync();
        using (var database = SqliteDatabase.Open(Path.Combine(_folder.Path, "weft.db"), writable: true))
        {
            database.Execute("PRAGMA user_version=99");
        }

        Assert.Equal("data_folder_too_new", Assert.Throws<WeftException>(() => Engine()).Code);
    }

    [Fact]
    public void Options_OutOfRange_AreRefusedAllAtOnce()
    {
        var options = new EmbeddedEngineOptions { DataFolder = "", MaxConcurrentActivities = 0, MaxWarmInstances = -1,
            DrainTimeout = TimeSpan.FromDays(1) };

        var refused = Assert.Throws<ValidationException>(options.Validate);

        Assert.All(
            new[] { "DataFolder", "MaxConcurrentActivities", "MaxWarmInstances", "DrainTimeout" },
            name => Assert.Contains(name, refused.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Registrations_OfOneNameTwice_AreRefused()
    {
        var setup = new EngineSetup().Activity<int, int>("twice", x => x).Activity<int, int>("twice", x => x);

        Assert.Equal("duplicate_registration", Assert.Throws<WeftException>(() => Engine(setup: setup)).Code);
    }

    [Fact]
    public async Task Commit_ThatFails_StopsTheEngineAndLosesNothingCommitted()
    {
        var setup = new EngineSetup().Orchestrator<int, int>("main", (context, _) => context.WaitForExternalEvent<int>("n"));
        var engine = Engine(setup: setup);
        await engine.StartAsync(_deadline.Token);
        await engine.Client.ScheduleAsync("main", 0, new ScheduleOptions { InstanceId = "i1" }, _deadline.Token);
        var wait = engine.Client.WaitForCompletionAsync("i1", _deadline.Token);

        engine.Core.Storage.Writer.Submit(new Broken(), mayLead: true);

        Assert.Equal("storage_failed", ((WeftException)await engine.Faulted.WaitAsync(_deadline.Token)).Code);
        Assert.Equal("storage_failed", (await Assert.ThrowsAsync<WeftException>(() => wait)).Code);
        Assert.Equal("storage_failed",
            (await Assert.ThrowsAsync<WeftException>(() => engine.Client.RaiseEventAsync("i1", "n", 1, _deadline.Token))).Code);
        await engine.DisposeAsync();
        await using var next = Engine(setup: setup);
        await next.StartAsync(_deadline.Token);
        await next.Client.RaiseEventAsync("i1", "n", 1, _deadline.Token);
        Assert.Equal(OrchestrationStatus.Completed, (await next.Client.WaitForCompletionAsync("i1", _deadline.Token)).Status);
    }

    [Fact]
    public async Task Schedule_OfAnActivityThatRunsLong_IsWrittenWithoutWaitingForItsEnd()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var engine = Engine(setup: new EngineSetup()
            .Activity<int, int>("slow", async (_, x, token) =>
            {
                await release.Task.WaitAsync(token);
                return x;
            })
            .Orchestrator<int, int>("main", (context, x) => context.CallActivityAsync<int>("slow", x)));
        await engine.StartAsync(_deadline.Token);
        await engine.Client.ScheduleAsync("main", 0, new ScheduleOptions { InstanceId = "i1" }, _deadline.Token);

        await Eventually.HoldsAsync(
            () => engine.ReadHistory("i1").Any(entry => entry is { Kind: HistoryEventKind.ActivityScheduled, Name: "slow" }),
            _deadline.Token);
        release.SetResult();

        await engine.Client.WaitForCompletionAsync("i1", _deadline.Token);
    }

    [Fact]
    public async Task Orchestrator_NoLongerRegistered_RestsUntilItIs()
    {
        var setup = new EngineSetup().Orchestrator<int, int>("main", (context, _) => context.WaitForExternalEvent<int>("n"));
        await using (var first = Engine(setup: setup))
        {
            await first.StartAsync(_deadline.Token);
            await first.Client.ScheduleAsync("main", 0, new ScheduleOptions { InstanceId = "i1" }, _deadline.Token);
        }

        await using (var without = Engine())
        {
            await without.StartAsync(_deadline.Token);
            await without.Client.RaiseEventAsync("i1", "n", 7, _deadline.Token);
        }

        await using var again = Engine(setup: setup);
        await again.StartAsync(_deadline.Token);
        Assert.Equal(7, (await again.Client.WaitForCompletionAsync("i1", _deadline.Token)).Output!.GetValue<int>());
    }

    [Fact]
    public async Task Records_BeforeTheStartAndAfterAReopen_AreThere()
    {
        var key = new RowKey("t", "p", "r");
        await using (var first = Engine())
        {
            await first.Records.InsertAsync(key, """{"n":1}""", _deadline.Token);
        }

        await using var second = Engine();
        Assert.Equal("""{"n":1}""", (await second.Records.ReadAsync(key, _deadline.Token))!.Json);
    }

    [Fact]
    public async Task Client_AfterTheStop_SaysThatTheEngineHasStopped()
    {
        var engine = Engine();
        await engine.DisposeAsync();

        Assert.Equal("engine_stopped", (await Assert.ThrowsAsync<WeftException>(() => engine.Client.GetAsync("i1", _deadline.Token))).Code);
        Assert.Equal("engine_stopped",
            (await Assert.ThrowsAsync<WeftException>(() => engine.Client.RaiseEventAsync("i1", "n", 1, _deadline.Token))).Code);
        Assert.Equal("engine_stopped",
            (await Assert.ThrowsAsync<WeftException>(
                () => engine.Records.UpsertAsync(new RowKey("t", "p", "r"), "{}", _deadline.Token))).Code);
    }

    private EmbeddedEngine Engine(string? folder = null, EngineSetup? setup = null) => new(
        new EmbeddedEngineOptions { DataFolder = folder ?? _folder.Path, DrainTimeout = TimeSpan.FromSeconds(1) }, setup?.Activities ?? [],
        setup?.Orchestrators ?? [], new ServiceCollection().BuildServiceProvider(), TimeProvider.System,
        NullLogger<EmbeddedEngine>.Instance);

    private sealed class Broken : WriteOperation
    {
        public override void Apply() => throw new IOException("The disk is gone.");
    }
}
