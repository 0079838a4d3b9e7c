namespace Weft.Agents.Models.Catalog;

/// <summary>What a catalog file holds.</summary>
internal sealed record CatalogContent(
    IReadOnlyList<ProviderSpec> Providers, IReadOnlyList<ModelProfile> Profiles, IReadOnlyList<ModelSpec> Models);
