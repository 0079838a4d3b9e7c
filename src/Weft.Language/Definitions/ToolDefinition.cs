using System.Text.Json.Nodes;

namespace Weft.Language.Definitions;

/// <summary>A tool that a file brings along.</summary>
public sealed record ToolDefinition
{
    /// <summary>Gets the id by which steps and agents name the tool.</summary>
    public required string Id { get; init; }

    /// <summary>Gets http, javascript, typescript, python, shell, mcp or composio.</summary>
    public required string Type { get; init; }

    /// <summary>Gets what the tool does, as a model is told.</summary>
    public string? Description { get; init; }

    /// <summary>Gets settings by type, templated; those that read <c>env</c> are rendered inside the activity alone.</summary>
    public JsonObject? Config { get; init; }

    /// <summary>Gets a script's code.</summary>
    public string? Execute { get; init; }

    /// <summary>Gets the JSON Schema of its arguments; null: any object.</summary>
    public JsonObject? InputSchema { get; init; }

    /// <summary>Gets the JSON Schema of its answer; null: anything.</summary>
    public JsonObject? OutputSchema { get; init; }

    /// <summary>Gets values under the arguments: a call's own win.</summary>
    public JsonObject? With { get; init; }

    /// <summary>Gets how long one call may take; null: the product's default.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets environment entries of its own, over the workflow's: name → text or template.</summary>
    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets a value indicating whether a call may be repeated without harm; null: unknown, so no.</summary>
    public bool? Idempotent { get; init; }
}
