using System.Text.Json.Nodes;
using Weft.Workflows.Definitions;
using Weft.Workflows.Orchestration.Activities;
using Weft.Workflows.Orchestration.Runs;

namespace Weft.Workflows.Orchestration.Sequences;

/// <summary>Where a task stands, and what that place knows and hands down.</summary>
internal sealed record TaskPlace
{
    public static TaskPlace Top { get; } = new();

    /// <summary>Gets what the names of runs at this place begin with: empty at the top, else <c>parent/</c>.</summary>
    public string Path { get; init; } = "";

    public string? ParentId { get; init; }

    public int Depth { get; init; }

    /// <summary>Gets what templates see besides results: <c>item</c>, <c>signal</c>, <c>parent</c> and the like.</summary>
    public JsonObject Locals { get; init; } = [];

    /// <summary>Gets the input that lies under the task's own: a collection's.</summary>
    public JsonObject? With { get; init; }

    /// <summary>Gets the input that lies over the task's own: a transition's.</summary>
    public JsonObject? Gained { get; init; }

    /// <summary>Gets fields that <c>input</c> shows although they are not passed on: a collection's item and index.</summary>
    public JsonObject? Shown { get; init; }

    public IReadOnlyDictionary<string, string>? Env { get; init; }

    /// <summary>Gets the policy that children inherit.</summary>
    public StepPolicy Policy { get; init; } = new();
}

/// <summary>What came of one task.</summary>
internal sealed record TaskOutcome(string Id, NodeStatus Status, JsonNode? Output, FailureDetails? Failure)
{
    /// <summary>Gets the task that the task itself sends control to; null: the list decides.</summary>
    public string? Goto { get; init; }

    /// <summary>Gets the template of what the input of <see cref="Goto"/>'s task gains.</summary>
    public JsonNode? GotoWith { get; init; }

    /// <summary>Gets the tasks that were an alternative to <see cref="Goto"/>: an ordered list passes them over.</summary>
    public IReadOnlyList<string> NotTaken { get; init; } = [];

    /// <summary>Gets a value indicating whether the rest of the list is skipped, and why.</summary>
    public string? EndsList { get; init; }

    /// <summary>Gets a value indicating whether the whole run ends here.</summary>
    public bool EndsRun { get; init; }

    public bool Failed => Status == NodeStatus.Failed;
}

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
