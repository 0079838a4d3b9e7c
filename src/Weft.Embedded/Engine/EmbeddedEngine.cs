using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Weft.Agents.Storage;
using Weft.Embedded.Records;
using Weft.Embedded.Replay;
using Weft.Embedded.Sqlite;
using Weft.Language;
using Weft.Workflows.Durable;

namespace Weft.Embedded.Engine;

/// <summary>The durable engine and the record store of one process, on one data folder.</summary>
/// <remarks>
/// Made, it holds the folder, and its records can be read and written. Started, it runs orchestrations: those that were under way when the
/// last process ended go on. Stopped, it can't be started again.
/// </remarks>
public sealed class EmbeddedEngine : IAsyncDisposable
{
    /// <summary>An activity that was told to stop gets this long to end.</summary>
    private static readonly TimeSpan GraceAfterCancel = TimeSpan.FromSeconds(2);

    private readonly EmbeddedStorage _storage;
    private readonly EmbeddedEngineOptions _options;
    private readonly EngineCore _core;
    private readonly EngineClient _client;
    private readonly TaskCompletionSource<Exception> _faulted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _started;
    private int _stopped;

    /// <summary>Takes the data folder and opens its database.</summary>
    /// <param name="options">How it runs.</param>
    /// <param name="activities">What orchestrators may call, by unique names.</param>
    /// <param name="orchestrators">What may be scheduled, by unique names.</param>
    /// <param name="services">What activities and orchestrators are made with.</param>
    /// <param name="clock">The time.</param>
    /// <param name="logger">Where it logs.</param>
    /// <exception cref="WeftException">
    /// <c>data_folder_in_use</c>, <c>data_folder_unusable</c>, <c>data_folder_too_new</c>, <c>storage_failed</c>, <c>invalid_name</c>, or
    /// <c>duplicate_registration</c>.
    /// </exception>
    public EmbeddedEngine(
        EmbeddedEngineOptions options,
        IEnumerable<ActivityRegistration> activities,
        IEnumerable<OrchestratorRegistration> orchestrators,
        IServiceProvider services,
        TimeProvider clock,
        ILogger<EmbeddedEngine> logger)
    {
        options.Validate();
        _options = options;
        var activityKinds = ByName(activities, activity => Names.Name(activity.Name, "activity"), "activities");
        var orchestratorKinds = ByName(orchestrators, orchestrator => Names.Name(orchestrator.Name, "orchestrator"), "orchestrators");
        _storage = EmbeddedStorage.Open(options.DataFolder);
        _core = new EngineCore(_storage, options, activityKinds, orchestratorKinds, services, clock, logger);
        _storage.Writer.OnFault(OnFault);
        _client = new EngineClient(_core);
        Records = new SqliteRecordStore(_storage);
    }

    /// <summary>Gets the outside of the engine.</summary>
    public IOrchestrationClient Client => _client;

    /// <summary>Gets the records, in the same database and the same commits.</summary>
    public IRecordStore Records { get; }

    /// <summary>Gets a task that completes, with the cause, when the disk failed: the engine must be made anew then.</summary>
    public Task<Exception> Faulted => _faulted.Task;

    /// <summary>Gets how busy it is.</summary>
    public EngineLoad Load
    {
        get
        {
            var (running, waiting) = _core.Activities.Load;
            return new EngineLoad(running, waiting, _core.Warm.Count);
        }
    }

    internal EngineCore Core => _core;

    /// <summary>Begins to run: what a crash or a stop left goes on, in the background.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Interlocked.Exchange(ref _started, 1) == 0)
        {
            _core.TakesTurns = true;
            var (awake, sleeping) = _core.Readers.Read(_core, static (reader, _) => reader.Unfinished());
            foreach (var (id, at) in sleeping)
            {
                _core.Timers.Wake(id, at);
            }

            foreach (var id in awake)
            {
                _core.Wake(id);
            }

            _core.Log.Started(_storage.Folder, awake.Count, sleeping.Count);
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Stops: takes no new instances, lets running activities finish for <see cref="EmbeddedEngineOptions.DrainTimeout"/>, cancels what is
    /// left, and closes the folder.
    /// </summary>
    /// <param name="cancellationToken">Cancelled: stop waiting for activities, and cancel them now.</param>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0)
        {
            return;
        }

        _client.RefusesStarts = true;
        _core.Timers.Dispose();
        await _core.Activities.DrainAsync(_options.DrainTimeout, GraceAfterCancel, cancellationToken);
        _core.TakesTurns = false;
        if (!_faulted.Task.IsCompleted)
        {
            Instance[] warm = [.. _core.Warm.Values];
            var last = new Park(_core.Instances, warm);
            _storage.Writer.Submit(new WriteRecords(_core.Instances, warm), mayLead: false);
            _storage.Writer.Submit(last, mayLead: false);
            await last.Task.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        _core.Signals.Close(new WeftException(
            "engine_stopped", Fault.Unavailable, "The engine has stopped. The instance goes on once it runs again."));
        await Task.Run(_storage.Dispose, CancellationToken.None);
        _core.Log.Stopped(_storage.Folder);
    }

    /// <summary>Stops, if it has not been stopped.</summary>
    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    /// <summary>Reads the history of an instance's current generation.</summary>
    internal IReadOnlyList<HistoryEvent> ReadHistory(string instanceId) =>
        _core.Readers.Read(instanceId, static (reader, id) => reader.History(id));

    private static Dictionary<string, T> ByName<T>(IEnumerable<T> registrations, Func<T, string> name, string what)
    {
        var all = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var registration in registrations)
        {
            if (!all.TryAdd(name(registration), registration))
            {
                throw new WeftException(
                    "duplicate_registration", Fault.Internal,
                    $"Two {what} are named '{name(registration)}'. Each name is registered once.");
            }
        }

        return all;
    }

    private void OnFault(Exception exception)
    {
        _core.TakesTurns = false;
        _core.Log.StorageFailed(exception);
        _core.Signals.Close(exception);
        _faulted.TrySetResult(exception);
    }
}
