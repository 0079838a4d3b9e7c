namespace Weft.Language.Definitions;

/// <summary>Runs another workflow as a child, and answers its output.</summary>
public sealed record SubWorkflowStep : Step
{
    /// <summary>Gets the id of the workflow that runs, a template.</summary>
    public required string WorkflowId { get; init; }
}
