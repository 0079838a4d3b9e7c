namespace Weft.Language.Definitions;

/// <summary>Picks one of several ways.</summary>
public sealed record RouterTask : TaskDefinition
{
    /// <summary>Gets the template or expression whose value names the route.</summary>
    public required string Condition { get; init; }

    public required IReadOnlyList<Route> Routes { get; init; }
}
