using Weft.Sandbox.Brain;
using Weft.Sandbox.Composio;
using Weft.Sandbox.Faults;

namespace Weft.Sandbox;

/// <summary>Everything the simulators share.</summary>
internal sealed class SandboxWorld : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    public SandboxWorld(SandboxOptions options)
    {
        Options = options;
        Clock = options.Clock;
        Log = new SandboxLog(options.LogFile, options.LogCapacity);
        State = new SandboxState(options.StateFile, options.Clock);
        Faults.Set(options.Faults);
        Script.Set(options.Script);
        Model = new ScriptedModel(Script, Catalog, options.Clock);
    }

    public SandboxOptions Options { get; }
    public TimeProvider Clock { get; }
    public SandboxLog Log { get; }
    public SandboxState State { get; }
    public FaultPlan Faults { get; } = new();
    public SandboxScript Script { get; } = new();
    public ToolCatalog Catalog { get; } = new();
    public ScriptedModel Model { get; }
    public PromptCache PromptCache { get; } = new();

    /// <summary>For what the sandbox itself sends: webhooks.</summary>
    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Signalled when the server stops, so that a request left hanging ends.</summary>
    public CancellationToken Stopping => _stopping.Token;

    public void Stop() => _stopping.Cancel();

    public void Dispose()
    {
        _stopping.Dispose();
        Http.Dispose();
        Log.Dispose();
        State.Dispose();
    }
}
