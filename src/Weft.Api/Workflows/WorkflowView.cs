using Weft.Language.Definitions;
using Weft.Runtime.Records;

namespace Weft.Api.Workflows;

/// <summary>A registered workflow, or one version of it.</summary>
internal record WorkflowView
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>Gets the registry's version: 1 and up, one more each time the content changes.</summary>
    public required int Version { get; init; }

    /// <summary>Gets the version as its author calls it.</summary>
    public string? WorkflowVersion { get; init; }

    public required string ContentHash { get; init; }

    /// <summary>Gets graph, tasks or steps.</summary>
    public required Dialect Dialect { get; init; }

    public required DateTime UpdatedAt { get; init; }

    /// <summary>Gets where it came from.</summary>
    public required string Source { get; init; }

    internal static WorkflowView Of(WorkflowVersion version) => new()
    {
        Id = version.Id,
        Name = version.Name,
        Description = version.Description,
        Version = version.Revision,
        WorkflowVersion = version.Version,
        ContentHash = version.ContentHash,
        Dialect = version.Dialect,
        UpdatedAt = version.UpdatedAt,
        Source = version.Source,
    };
}
