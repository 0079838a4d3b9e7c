namespace Weft.Workflows.Durable;

/// <summary>One page of instances, newest first.</summary>
public sealed record OrchestrationPage(IReadOnlyList<OrchestrationInstance> Items, string? NextCursor);
