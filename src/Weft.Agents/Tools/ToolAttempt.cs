using System.Text.Json.Nodes;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Tools;

/// <summary>One attempt of a call, as a runner gets it: arguments are whole, with the secrets in their place.</summary>
internal sealed record ToolAttempt(StepScope Scope, string CallId, JsonObject Arguments, string? EntityId, string IdempotencyKey, TimeSpan Timeout);
