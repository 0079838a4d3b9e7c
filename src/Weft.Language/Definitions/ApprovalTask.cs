using System.Text.Json.Nodes;

namespace Weft.Language.Definitions;

/// <summary>Waits for a person's choice.</summary>
public sealed record ApprovalTask : TaskDefinition
{
    /// <summary>Gets who may answer: names, roles or addresses, templated.</summary>
    public JsonNode? Approvers { get; init; }

    /// <summary>Gets what is shown, templated.</summary>
    public JsonNode? Show { get; init; }

    public IReadOnlyList<string> Choices { get; init; } = ["approve", "reject"];

    public string? Timeout { get; init; }

    /// <summary>Gets the choice that is taken when the time is up; null: a failure, or <see cref="OnTimeout"/>.</summary>
    public string? DefaultChoice { get; init; }

    public string? OnTimeout { get; init; }

    /// <summary>Gets what the input of <see cref="OnTimeout"/>'s task gains.</summary>
    public JsonNode? OnTimeoutWith { get; init; }

    public EscalationDefinition? Escalation { get; init; }

    /// <inheritdoc/>
    public override Transition? WhenTimeIsUp() => OnTimeout is null ? null : new Transition(OnTimeout, OnTimeoutWith);
}
