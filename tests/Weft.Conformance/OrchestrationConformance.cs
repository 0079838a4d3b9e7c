using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Weft.Workflows.Durable;

namespace Weft.Conformance;

/// <summary>
/// What an engine must do, whichever it is: each topic is a class that derives from this, and each engine's tests derive from those.
/// </summary>
[SuppressMessage("Naming", "CA1710", Justification = "A suite, not a collection.")]
public abstract class OrchestrationConformance : IAsyncLifetime
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(30));
    private readonly List<IEngineUnderTest> _engines = [];

    /// <summary>Gets the engine of the test, once it is started.</summary>
    protected IEngineUnderTest Engine => _engines[^1];

    protected IOrchestrationClient Client => Engine.Client;

    /// <summary>Gets the token that ends every wait of a test that went wrong.</summary>
    protected CancellationToken Deadline => _deadline.Token;

    /// <summary>Gets the time that the engine goes by.</summary>
    protected ShiftedTime Time { get; } = new();

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var engine in _engines)
        {
            await engine.DisposeAsync();
        }

        _deadline.Dispose();
    }

    /// <summary>Starts an engine on empty storage.</summary>
    protected abstract Task<IEngineUnderTest> OpenAsync(EngineSetup setup, ShiftedTime time);

    protected async Task StartAsync(Action<EngineSetup> setup) => _engines.Add(await OpenAsync(Setup(setup), Time));

    /// <summary>Stops the engine, and starts one with other code on what it left.</summary>
    protected async Task RestartAsync(Action<EngineSetup> setup)
    {
        await Engine.StopAsync();
        await Engine.StartAgainAsync(Setup(setup));
    }

    protected static EngineSetup Setup(Action<EngineSetup> configure)
    {
        var setup = new EngineSetup();
        configure(setup);
        return setup;
    }

    /// <summary>Starts an instance; without an input, with 0.</summary>
    protected Task<ScheduleResult> ScheduleAsync(string name, object? input = null, string id = "i1") =>
        Client.ScheduleAsync(name, input ?? 0, new ScheduleOptions { InstanceId = id }, Deadline);

    protected async Task<OrchestrationInstance> RunAsync(string name, object? input = null, string id = "i1")
    {
        await ScheduleAsync(name, input, id);
        return await EndAsync(id);
    }

    protected Task<OrchestrationInstance> EndAsync(string id = "i1") => Client.WaitForCompletionAsync(id, Deadline);

    protected async Task<T?> ResultAsync<T>(string name, object? input = null, string id = "i1") =>
        Result<T>(await RunAsync(name, input, id));

    protected static T? Result<T>(OrchestrationInstance instance)
    {
        Assert.True(instance.Status == OrchestrationStatus.Completed, $"{instance.Status}: {instance.Failure}");
        return instance.Output is { } output ? output.GetValue<T>() : default;
    }

    /// <summary>Waits until the instance shows a custom status.</summary>
    protected async Task<OrchestrationInstance> CustomStatusAsync(string status, string id = "i1")
    {
        await foreach (var instance in Client.WatchAsync(id, Deadline))
        {
            if (instance.CustomStatus is JsonValue value && value.TryGetValue<string>(out var text) && text == status)
            {
                return instance;
            }

            Assert.False(instance.HasEnded, $"It ended ({instance.Status}, {instance.Failure}) before its custom status was '{status}'.");
        }

        throw new InvalidOperationException("The watch ended without an end.");
    }

    protected async Task<OrchestrationInstance> StatusAsync(OrchestrationStatus status, string id = "i1")
    {
        await foreach (var instance in Client.WatchAsync(id, Deadline))
        {
            if (instance.Status == status)
            {
                return instance;
            }
        }

        throw new InvalidOperationException($"It ended without being {status}.");
    }
}
