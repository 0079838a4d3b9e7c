using System.Text.Json.Nodes;

namespace Weft.Language.Definitions;

/// <summary>Waits for a person's choice.</summary>
public sealed record ApprovalTask : TaskDefinition
{
    /// <summary>Gets who may answer: names, roles or addresses, templated.</summary>
    public JsonNode? Approvers { get; init; }

    /// <summary>Gets what is shown, templated.</summary>
    public JsonNode? Show { get; init; }

    /// <summary>Gets what a person may answer, in the order of the file.</summary>
    public IReadOnlyList<string> Choices { get; init; } = ["approve", "reject"];

    /// <summary>Gets how long an answer is awaited; null: for ever.</summary>
    public string? Timeout { get; init; }

    /// <summary>Gets the choice that is taken when the time is up; null: a failure, or <see cref="OnTimeout"/>.</summary>
    public string? DefaultChoice { get; init; }

    /// <summary>Gets where the sequence goes when nobody answered in time; null: the task fails.</summary>
    public string? OnTimeout { get; init; }

    /// <summary>Gets what the input of <see cref="OnTimeout"/>'s task gains.</summary>
    public JsonNode? OnTimeoutWith { get; init; }

    /// <summary>Gets who is asked, and when, once the first has not answered; null: nobody else.</summary>
    public EscalationDefinition? Escalation { get; init; }

    /// <inheritdoc/>
    public override Transition? WhenTimeIsUp() => OnTimeout is null ? null : new Transition(OnTimeout, OnTimeoutWith);
}
