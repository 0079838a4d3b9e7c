using System.Text.Json.Nodes;

namespace Weft.Agents.Tools;

/// <summary>An action as users see it.</summary>
public sealed record ActionView
{
    public required string AppName { get; init; }

    public required string ActionName { get; init; }

    public required string DisplayName { get; init; }

    public required string Description { get; init; }

    /// <summary>Gets the parameters' schemas, by name.</summary>
    public required JsonObject Parameters { get; init; }

    public required IReadOnlyList<string> RequiredParams { get; init; }

    public JsonObject? ResponseSchema { get; init; }

    /// <summary>Gets the calls a minute that this product makes to the app at most.</summary>
    public int RateLimit { get; init; }

    public bool RequiresAuth { get; init; }

    public string AuthScheme { get; init; } = "oauth2";

    public bool ReadOnly { get; init; }

    public bool Idempotent { get; init; }

    public bool Destructive { get; init; }

    public bool Deprecated { get; init; }

    /// <summary>Gets Composio's name for it, and the toolkit version it is of.</summary>
    public string? Slug { get; init; }

    public string? Version { get; init; }

    /// <summary>Gets the description with the parameters, as prompts without schemas carry it.</summary>
    public required string ToolDescription { get; init; }
}
