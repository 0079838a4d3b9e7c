using Weft.Agents.Models.Catalog;

namespace Weft.Agents.Models.Providers;

/// <summary>Where calls to a provider go, and with which key. Prints without the key.</summary>
internal sealed record ProviderConnection(string Provider, ProviderKind Kind, Uri BaseUrl, string? Key, string? ApiVersion, string MaxTokensField)
{
    /// <summary>Gets the organization that calls are billed to; null: the key's own.</summary>
    public string? Organization { get; init; }

    /// <summary>Gets the key as it goes over the wire; servers that want none get a word that is none.</summary>
    public string KeyOnTheWire => string.IsNullOrEmpty(Key) ? "none" : Key;

    public override string ToString() => $"{Provider} at {BaseUrl.GetLeftPart(UriPartial.Path)}";
}

/// <summary>What is known about reaching a model: a connection, or why there is none.</summary>
internal readonly record struct Reachability(ProviderConnection? Connection, string? Problem);
