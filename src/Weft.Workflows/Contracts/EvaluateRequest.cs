using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Language.Schemas;

namespace Weft.Workflows.Contracts;

/// <summary>Renders templates that an orchestrator must not or cannot: over stored payloads, or calling tools.</summary>
/// <param name="Scope">Whose step it is.</param>
/// <param name="Template">A text, or a tree with templates as its strings.</param>
/// <param name="Values">The roots that it reads; stored payloads in it are fetched.</param>
/// <param name="Strict">Whether an unknown path is an error (data) or empty with a warning (prompts).</param>
/// <param name="Now">The orchestrator's clock.</param>
public sealed record EvaluateRequest(StepScope Scope, JsonNode? Template, JsonObject Values, bool Strict, DateTime Now)
{
    /// <summary>
    /// Gets a value indicating whether the value is a model's text of which the JSON is meant (<see cref="StructuredText.Read"/>).
    /// </summary>
    public bool ReadJson { get; init; }

    /// <summary>Gets the schema that the JSON must fit; null: any.</summary>
    public JsonObject? Schema { get; init; }

    /// <summary>
    /// Gets a value indicating whether a list that is too large is answered as a list, with its items stored one by one where they are
    /// large.
    /// </summary>
    public bool StoreEachItem { get; init; }

    /// <summary>Gets a condition to evaluate instead of the template; the value is then true or false.</summary>
    public ConditionDefinition? Condition { get; init; }

    /// <summary>
    /// Gets whose account the tools use that the template calls: the tool's name as it stands in the template → entity; null: nobody's.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Entities { get; init; }
}
