using System.Text.Json.Nodes;

namespace Weft.Runtime.Triggers;

/// <summary>What started workflows, and by which key a repeated delivery is known.</summary>
/// <param name="StartedBy">workflow or hook.</param>
/// <param name="Key">The idempotency key; null: each delivery is new.</param>
/// <param name="Context">The context of what is started.</param>
public sealed record TriggerOrigin(string StartedBy, string? Key, JsonObject Context)
{
    /// <summary>Gets the execution whose signal it is; null: it came from outside.</summary>
    public string? ParentExecutionId { get; init; }

    /// <summary>Gets how many executions lie above what it starts.</summary>
    public int Depth { get; init; }
}
