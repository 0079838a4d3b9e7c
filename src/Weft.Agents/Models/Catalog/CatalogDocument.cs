namespace Weft.Agents.Models.Catalog;

// The shape of a catalog file, as the YAML reader fills it; CatalogFile checks it. Unknown keys are refused by the reader.
internal sealed class CatalogDocument
{
    public List<ProviderEntry>? Providers { get; set; }

    public List<ProfileEntry>? Profiles { get; set; }

    public List<ModelEntry>? Models { get; set; }
}
