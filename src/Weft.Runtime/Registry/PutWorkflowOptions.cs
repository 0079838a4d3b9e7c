using Weft.Language.Definitions;

namespace Weft.Runtime.Registry;

/// <summary>Where a definition came from, and what it must be.</summary>
public sealed record PutWorkflowOptions
{
    /// <summary>Gets the file that diagnostics name.</summary>
    public string? File { get; init; }

    /// <summary>Gets what the version says of its origin: <c>api</c>, <c>cli</c>, or a file's path.</summary>
    public string Source { get; init; } = "api";

    /// <summary>
    /// Gets a value indicating whether the definition's own schedule takes effect. The default is false: a single run schedules nothing.
    /// </summary>
    public bool Scheduled { get; init; }

    /// <summary>Gets what it is checked against; null: the names that are registered now.</summary>
    public LoadOptions? Names { get; init; }

    /// <summary>Gets the id that the definition must have; null: any.</summary>
    public string? ExpectedId { get; init; }
}
