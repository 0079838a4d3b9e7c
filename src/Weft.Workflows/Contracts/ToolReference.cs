using System.Text.Json.Nodes;

namespace Weft.Workflows.Contracts;

/// <summary>A tool as an orchestrator needs it: enough to allow or refuse, not to call.</summary>
/// <param name="Name">The name users write: <c>shopify.get_order</c>.</param>
/// <param name="App">The app whose entity it acts for; null: it acts for nobody in particular.</param>
/// <param name="ReadOnly">Whether it changes nothing.</param>
public sealed record ToolReference(string Name, string? App, bool ReadOnly)
{
    /// <summary>Gets the name that models see: letters, digits, <c>_</c> and <c>-</c>, at most 64.</summary>
    public string ModelName { get; init; } = ModelNameOf(Name);

    /// <summary>Gets a value indicating whether a repeated call does no more than the first.</summary>
    public bool Idempotent { get; init; }

    /// <summary>Gets a value indicating whether it removes or overwrites something that cannot be brought back.</summary>
    public bool Destructive { get; init; }

    /// <summary>Gets one line for a planner's prompt.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the parameters' JSON Schema, when small enough for a planner's prompt; CallModel looks it up by itself.</summary>
    public JsonObject? Parameters { get; init; }

    /// <summary>The name that models see for a tool's name.</summary>
    public static string ModelNameOf(string name)
    {
        var text = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_'));
        return text.Length <= 64 ? text : text[..64];
    }
}
