using Weft.Sandbox.Faults;
using Weft.Sandbox.Script;

namespace Weft.Sandbox;

/// <summary>How a sandbox starts and behaves. Everything has a default: <c>new SandboxOptions()</c> is a healthy world on a free
/// port.</summary>
public sealed class SandboxOptions
{
    /// <summary>Gets or sets the address to listen on. The default, port 0, lets the system choose a free loopback port.</summary>
    public string Urls { get; set; } = "http://127.0.0.1:0";

    /// <summary>Gets or sets a file to which every exchange is appended as a JSON line, flushed before it is answered, so that it
    /// outlives the process. None by default.</summary>
    public string? LogFile { get; set; }

    /// <summary>Gets or sets a file that keeps the simulated shop, mail and chat across restarts, as a journal of JSON lines. None by
    /// default: each start has fresh seed data.</summary>
    public string? StateFile { get; set; }

    /// <summary>Gets or sets the faults to inject from the start. None by default.</summary>
    public IReadOnlyList<FaultRule> Faults { get; set; } = [];

    /// <summary>Gets or sets replies that go before the built-in behaviour of the models. None by default.</summary>
    public IReadOnlyList<ScriptRule> Script { get; set; } = [];

    /// <summary>Gets or sets whether Composio's actions need a connected account of the calling user.</summary>
    /// <value>The default is false: every user counts as connected to the simulated apps until an account is deleted, revoked or
    /// disabled.</value>
    public bool RequireConnections { get; set; }

    /// <summary>Gets or sets the model names that exist; another is answered 404 <c>model_not_found</c>. Empty, the default, means
    /// any.</summary>
    public IReadOnlyList<string> Models { get; set; } = [];

    /// <summary>Gets or sets whether tokens are counted with the tokenizers' vocabularies, as the services bill them.</summary>
    /// <value>The default is false: four characters a token. The vocabularies take 2.5 s and 70 MB to load.</value>
    public bool ExactTokens { get; set; }

    /// <summary>Gets or sets how many exchanges the log keeps in memory, newest first to stay. The default is 20 000.</summary>
    public int LogCapacity { get; set; } = 20_000;

    /// <summary>Gets or sets the clock that dates orders, mails and log entries. The default is the system's.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;
}
