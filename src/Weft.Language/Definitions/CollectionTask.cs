using System.Text.Json.Nodes;

namespace Weft.Language.Definitions;

/// <summary>One child for each item of a list.</summary>
public sealed record CollectionTask : TaskDefinition
{
    /// <summary>Gets the items: a template, a list, or a range such as <c>1..5</c>.</summary>
    public required JsonNode? Items { get; init; }

    /// <summary>Gets the template that keeps an item.</summary>
    public string? Filter { get; init; }

    /// <summary>Gets the name under which a child sees its item; the default is <c>item</c>.</summary>
    public string ItemVar { get; init; } = "item";

    /// <summary>Gets the name under which a child sees its place, from 0; the default is <c>index</c>.</summary>
    public string IndexVar { get; init; } = "index";

    /// <summary>Gets a value indicating whether items run one after another.</summary>
    public bool Sequential { get; init; }

    /// <summary>Gets the size of the batches that run one after another; 0: no batches.</summary>
    public int Batch { get; init; }

    /// <summary>Gets the most children at once; 0: no limit of its own.</summary>
    public int MaxWorkers { get; init; }

    /// <summary>Gets when the group is done, and what a failed child means for it.</summary>
    public GroupStrategy Strategy { get; init; } = GroupStrategy.WaitAll;

    /// <summary>Gets the task that runs for each item.</summary>
    public required TaskDefinition Task { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<TaskDefinition> Children() => [Task];
}
