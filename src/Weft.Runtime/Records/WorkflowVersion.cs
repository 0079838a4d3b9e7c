using Weft.Language.Definitions;

namespace Weft.Runtime.Records;

/// <summary>One version of a registered workflow. A stored format.</summary>
public sealed record WorkflowVersion
{
    /// <summary>Gets the workflow's id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the revision: 1 and up, one more each time the content changes.</summary>
    public required int Revision { get; init; }

    /// <summary>Gets the hash of the definition's canonical text, which pins it.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Gets the version as its author calls it.</summary>
    public string? Version { get; init; }

    /// <summary>Gets the workflow's name, for people.</summary>
    public string? Name { get; init; }

    /// <summary>Gets what the workflow does.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the dialect that it was written in.</summary>
    public required Dialect Dialect { get; init; }

    /// <summary>Gets when this version was put, in UTC.</summary>
    public required DateTime UpdatedAt { get; init; }

    /// <summary>Gets where it came from: <c>api</c>, <c>cli</c>, or the path of its file.</summary>
    public required string Source { get; init; }

    /// <summary>Gets a value indicating whether it was deleted: it cannot be started, and its revisions go on from here.</summary>
    public bool Deleted { get; init; }
}
