using System.Text.Json.Nodes;

namespace Weft.Language.Expressions.Values;

/// <summary>What an expression may ask of whoever evaluates it. Each that is null makes its functions an error that says so.</summary>
public sealed record ExpressionServices
{
    /// <summary>Nothing is available.</summary>
    public static ExpressionServices None { get; } = new();

    /// <summary>
    /// Gets the clock behind <c>now</c>, in UTC. In an orchestrator it is the context's, so that a replay reads the same.
    /// </summary>
    public Func<DateTime>? UtcNow { get; init; }

    /// <summary>Gets the source of <c>uuid</c>. In an orchestrator it is the context's.</summary>
    public Func<Guid>? NewGuid { get; init; }

    /// <summary>Gets what <c>validateSchema('name')</c> asks: the faults of a value, none when it is valid.</summary>
    /// <remarks>Throws a <see cref="WeftException"/> of its own when it knows no such schema.</remarks>
    public Func<string, JsonNode?, IReadOnlyList<string>>? ValidateSchema { get; init; }

    /// <summary>Gets what <c>tools.billing.get_status(x)</c> calls: the names behind <c>tools</c>, and the arguments.</summary>
    /// <remarks>Only an activity can offer it: a call is I/O.</remarks>
    public Func<IReadOnlyList<string>, JsonArray, JsonNode?>? CallTool { get; init; }
}
