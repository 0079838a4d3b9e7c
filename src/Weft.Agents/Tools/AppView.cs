namespace Weft.Agents.Tools;

/// <summary>An app as users see it.</summary>
public sealed record AppView
{
    /// <summary>Gets the app's name in tools' names.</summary>
    public required string Name { get; init; }

    /// <summary>Gets its name for people.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Gets what it is.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the address of its picture; null: none.</summary>
    public string? LogoUrl { get; init; }

    /// <summary>Gets its first category; null: none.</summary>
    public string? Category { get; init; }

    /// <summary>Gets its categories.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Gets how many actions it has.</summary>
    public int TotalActions { get; init; }

    /// <summary>Gets the names of the actions, as far as they were fetched: the apps that workflows need.</summary>
    public IReadOnlyList<string> AvailableActions { get; init; } = [];

    /// <summary>Gets the ways in which it authenticates.</summary>
    public IReadOnlyList<string> AuthSchemes { get; init; } = [];

    /// <summary>Gets a value indicating whether the entity has a connection that works.</summary>
    public bool IsConnected { get; init; }

    /// <summary>Gets the entity that was asked about; null: none.</summary>
    public string? EntityId { get; init; }
}
