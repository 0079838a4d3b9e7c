using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Language.Expressions.Values;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Workflows.Execution;

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
