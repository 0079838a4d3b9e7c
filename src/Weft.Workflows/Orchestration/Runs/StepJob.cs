using System.Text.Json.Nodes;
using Weft.Workflows.Definitions;
using Weft.Workflows.Expressions;
using Weft.Workflows.Orchestration.Activities;
using Weft.Workflows.Orchestration.Agents;

namespace Weft.Workflows.Orchestration.Runs;

/// <summary>One step that is to be run, with all that its place knows.</summary>
internal sealed record StepJob
{
    /// <summary>Gets the node's or the task's id.</summary>
    public required string NodeId { get; init; }

    /// <summary>Gets the name of this run of it within the execution: call ids and instance ids begin with it.</summary>
    public required string Key { get; init; }

    public required Step Step { get; init; }

    public StepPolicy Policy { get; init; } = new();

    /// <summary>Gets the rendered input; null: none was given.</summary>
    public JsonNode? With { get; init; }

    /// <summary>Gets what the place itself knows, <c>with</c> included.</summary>
    public JsonObject Locals { get; init; } = [];

    public IReadOnlyList<string> Predecessors { get; init; } = [];

    /// <summary>Gets the step's own environment entries.</summary>
    public IReadOnlyDictionary<string, string>? Env { get; init; }

    /// <summary>Gets what a reasoning or a code agent is shown besides its task.</summary>
    public JsonObject? Context { get; init; }
}

/// <summary>What came of a step.</summary>
internal sealed record StepOutcome(JsonNode? Output, FailureDetails? Failure)
{
    public int Attempt { get; init; } = 1;

    public string? Agent { get; init; }

    public AgentType? AgentType { get; init; }

    public AgentUsage Usage { get; init; } = new();

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Gets the wait before another attempt that whoever refused asked for.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static StepOutcome Of(Exception exception) => new(null, exception switch
    {
        // A definition's fault stays one, however often it is tried.
        OrchestrationFailureException failed => failed.Failure,
        AgentFailedException failed => failed.Failure,
        TemplateException template => new FailureDetails(template.Code, template.Message, NonRetryable: true),
        _ => FailureDetails.Of(exception) with { NonRetryable = true },
    });

    public static StepOutcome Failed(string code, string message, JsonNode? details = null) =>
        new(null, new FailureDetails(code, message, NonRetryable: true, details));
}
