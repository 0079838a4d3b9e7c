namespace Weft.Language.Definitions;

/// <summary>Picks one of several ways.</summary>
public sealed record RouterTask : TaskDefinition
{
    /// <summary>Gets the template or expression whose value names the route.</summary>
    public required string Condition { get; init; }

    /// <summary>Gets the routes, in the order in which they are tried.</summary>
    public required IReadOnlyList<Route> Routes { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<TaskDefinition> Children() => Routes.Select(x => x.Task).OfType<TaskDefinition>();

    /// <inheritdoc/>
    public override IReadOnlyList<TaskBranch> Branches() =>
        [.. Routes.Where(x => x.Target is not null).Select(x => new TaskBranch(x.Key, x.Target!))]; // Where says so
}
