using System.Text.Json.Nodes;

namespace Weft.Agents.Tools;

/// <summary>An action as users see it.</summary>
public sealed record ActionView
{
    /// <summary>Gets the app.</summary>
    public required string AppName { get; init; }

    /// <summary>Gets the action's name within the app.</summary>
    public required string ActionName { get; init; }

    /// <summary>Gets its name for people.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Gets what it does.</summary>
    public required string Description { get; init; }

    /// <summary>Gets the parameters' schemas, by name.</summary>
    public required JsonObject Parameters { get; init; }

    /// <summary>Gets the arguments that a call must have.</summary>
    public required IReadOnlyList<string> RequiredParams { get; init; }

    /// <summary>Gets the JSON Schema of the answer; null: unknown.</summary>
    public JsonObject? ResponseSchema { get; init; }

    /// <summary>Gets the calls a minute that this product makes to the app at most.</summary>
    public int RateLimit { get; init; }

    /// <summary>Gets a value indicating whether a connection is needed.</summary>
    public bool RequiresAuth { get; init; }

    /// <summary>Gets how the app authenticates, such as <c>oauth2</c>; <c>no_auth</c>: not at all.</summary>
    public string AuthScheme { get; init; } = "oauth2";

    /// <summary>Gets a value indicating whether the action changes nothing.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Gets a value indicating whether a repeat changes nothing more.</summary>
    public bool Idempotent { get; init; }

    /// <summary>Gets a value indicating whether the action may take something away.</summary>
    public bool Destructive { get; init; }

    /// <summary>Gets a value indicating whether its app has given it up.</summary>
    public bool Deprecated { get; init; }

    /// <summary>Gets the provider's own name for it; null: it has none.</summary>
    public string? Slug { get; init; }

    /// <summary>Gets the toolkit's version; null: unknown.</summary>
    public string? Version { get; init; }

    /// <summary>Gets the description with the parameters, as prompts without schemas carry it.</summary>
    public required string ToolDescription { get; init; }
}
