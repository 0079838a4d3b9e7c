namespace Weft.Language.Definitions;

/// <summary>Runs another workflow as a child, and answers its output.</summary>
public sealed record SubWorkflowStep : Step
{
    public required string WorkflowId { get; init; }
}
