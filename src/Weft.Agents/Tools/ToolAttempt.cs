using System.Text.Json.Nodes;
using Weft.Agents.Secrets;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Tools;

/// <summary>One attempt of a call, as a runner gets it: arguments and settings are whole, with the secrets in their place.</summary>
/// <param name="Scope">Whose step it is.</param>
/// <param name="CallId">The call's name within the execution.</param>
/// <param name="Arguments">The arguments. Shared by the attempts: clone before changing.</param>
/// <param name="EntityId">Whose account is used; null: nobody's.</param>
/// <param name="IdempotencyKey">The same on every attempt and delivery of the call.</param>
/// <param name="Timeout">The longest time the attempt may take. Whoever runs it keeps to it.</param>
public sealed record ToolAttempt(
    StepScope Scope, string CallId, JsonObject Arguments, string? EntityId, string IdempotencyKey, TimeSpan Timeout)
{
    /// <summary>
    /// Gets the tool's own settings, rendered for this call; empty: it has none. Shared by the attempts: clone before changing.
    /// </summary>
    public JsonObject Settings { get; init; } = [];

    /// <summary>
    /// Gets what takes the call's secrets out of a text. Replies are freed of them anyway; a runner needs it where it cuts a text before.
    /// </summary>
    public SecretHiding Hiding { get; init; } = SecretHiding.None;
}
