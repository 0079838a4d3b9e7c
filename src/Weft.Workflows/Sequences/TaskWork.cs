using System.Text.Json.Nodes;
using Weft.Workflows.Durable;
using Weft.Workflows.Execution;

namespace Weft.Workflows.Sequences;

/// <summary>What a task's own kind of work came to, before its outputs are shaped.</summary>
internal sealed record TaskWork(StepOutcome Outcome)
{
    public string? Goto { get; init; }

    public JsonNode? GotoWith { get; init; }

    public IReadOnlyList<string> NotTaken { get; init; } = [];

    public string? EndsList { get; init; }

    public bool EndsRun { get; init; }

    /// <summary>Gets each child's <c>{id, status, output, error}</c>, by id.</summary>
    public JsonObject? Children { get; init; }

    public static TaskWork Done(JsonNode? output) => new(new StepOutcome(output, null));

    public static TaskWork Failed(FailureDetails failure) => new(new StepOutcome(null, failure));

    public static TaskWork Failed(string code, string message) => Failed(new FailureDetails(code, message, NonRetryable: true));
}
