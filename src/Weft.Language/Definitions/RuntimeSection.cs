namespace Weft.Language.Definitions;

/// <summary>How a project's scripts run.</summary>
public sealed record RuntimeSection
{
    /// <summary>Gets bun or node.</summary>
    public string Type { get; init; } = "bun";

    /// <summary>Gets the module whose exports are tools, relative to the project file.</summary>
    public string? Entrypoint { get; init; }

    /// <summary>Gets what scripts may reach, as written: <c>--allow-net=api.example.com</c>.</summary>
    public IReadOnlyList<string> Permissions { get; init; } = [];

    /// <summary>Gets the longest time of one call.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets the most memory of a script, in bytes.</summary>
    public long? MemoryLimitBytes { get; init; }
}
