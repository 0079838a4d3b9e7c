namespace Weft.Agents.Tools;

/// <summary>An app as users see it.</summary>
public sealed record AppView
{
    public required string Name { get; init; }

    public required string DisplayName { get; init; }

    public string? Description { get; init; }

    public string? LogoUrl { get; init; }

    public string? Category { get; init; }

    public IReadOnlyList<string> Categories { get; init; } = [];

    public int TotalActions { get; init; }

    /// <summary>Gets the names of the actions, as far as they were fetched: the apps that workflows need.</summary>
    public IReadOnlyList<string> AvailableActions { get; init; } = [];

    public IReadOnlyList<string> AuthSchemes { get; init; } = [];

    public bool IsConnected { get; init; }

    public string? EntityId { get; init; }
}
