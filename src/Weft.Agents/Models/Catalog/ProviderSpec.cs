namespace Weft.Agents.Models.Catalog;

/// <summary>A provider as the catalog describes it: which wire format, and which settings name its endpoint and key.</summary>
public sealed record ProviderSpec
{
    /// <summary>Gets the provider's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets other names by which files call it.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Gets which wire it speaks.</summary>
    public required ProviderKind Kind { get; init; }

    /// <summary>Gets the endpoint when no setting names one; null: a setting must.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Gets the variable that names its endpoint.</summary>
    public string? BaseUrlFrom { get; init; }

    /// <summary>Gets the path that a bare <c>scheme://host:port</c> is completed with.</summary>
    public string? BasePath { get; init; }

    /// <summary>Gets the setting that holds the key; null: the provider wants none.</summary>
    public string? KeyFrom { get; init; }

    /// <summary>Gets the name that the limit of the reply has on this provider's wire.</summary>
    public string MaxTokensField { get; init; } = "max_completion_tokens";
}
