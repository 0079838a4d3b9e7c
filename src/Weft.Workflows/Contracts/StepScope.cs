namespace Weft.Workflows.Contracts;

/// <summary>Whose step an activity works on.</summary>
/// <param name="ExecutionId">The execution.</param>
/// <param name="WorkflowId">Its workflow.</param>
/// <param name="ContentHash">Its definition.</param>
/// <param name="NodeId">The node or task.</param>
public sealed record StepScope(string ExecutionId, string WorkflowId, string ContentHash, string NodeId)
{
    /// <summary>Gets the agent that works on it.</summary>
    public string? Agent { get; init; }

    /// <summary>Gets the conversation that it belongs to (<c>context.conversation_id</c>).</summary>
    public string? ConversationId { get; init; }

    /// <summary>Gets the step's own environment entries, rendered: they lie over those of the workflow.</summary>
    public IReadOnlyDictionary<string, string>? Env { get; init; }
}
