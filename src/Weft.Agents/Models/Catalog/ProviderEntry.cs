namespace Weft.Agents.Models.Catalog;

internal sealed class ProviderEntry
{
    public string? Name { get; set; }

    public List<string>? Aliases { get; set; }

    public string? Kind { get; set; }

    public string? BaseUrl { get; set; }

    public string? BaseUrlFrom { get; set; }

    public string? BasePath { get; set; }

    public string? KeyFrom { get; set; }

    public string? MaxTokensField { get; set; }
}
