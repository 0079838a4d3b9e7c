using Weft.Sandbox.Chat;
using Weft.Sandbox.Composio;
using Weft.Sandbox.Faults;
using Weft.Sandbox.Script;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox;

/// <summary>Everything the simulators share.</summary>
internal sealed class SandboxWorld : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    public SandboxWorld(SandboxOptions options)
    {
        Log = new SandboxLog(options.LogFile, options.LogCapacity);
        State = new SandboxState(options.StateFile, options.Clock);
        Faults.Set(options.Faults);
        Script.Set(options.Script);
        var catalog = new ToolCatalog();
        var tokens = new TokenMeter(options.ExactTokens);
        Models = new ModelService(new ScriptedModel(Script, catalog, tokens), tokens, options.Models, options.Clock);
        Apps = new AppService(State, catalog, options.Clock, options.RequireConnections);
    }

    public SandboxLog Log { get; }
    public SandboxState State { get; }
    public FaultPlan Faults { get; } = new();
    public SandboxScript Script { get; } = new();
    public ModelService Models { get; }
    public AppService Apps { get; }

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
