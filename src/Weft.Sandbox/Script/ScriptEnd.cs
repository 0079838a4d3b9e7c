using System.Text.Json.Nodes;

namespace Weft.Sandbox.Script;

/// <summary>What ends the work of a <see cref="ScriptReply"/> early, and what is said then.</summary>
public sealed record ScriptEnd
{
    /// <summary>Gets the conditions, as <see cref="ScriptStep.When"/>. <c>error</c> is the last failure that no later call made
    /// good.</summary>
    public required JsonObject When { get; init; }

    /// <summary>Gets the answer.</summary>
    public required string Answer { get; init; }

    /// <summary>Gets whether another try may help: then the call that failed is made once more before the work ends, and a judge of the
    /// work says so.</summary>
    public bool Retry { get; init; }
}
