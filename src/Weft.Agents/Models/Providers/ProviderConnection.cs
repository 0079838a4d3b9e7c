using Weft.Agents.Models.Catalog;
using Weft.Agents.Secrets;

namespace Weft.Agents.Models.Providers;

/// <summary>Where calls to a provider go, and with which key. Prints without the key.</summary>
internal sealed record ProviderConnection(
    string Provider, ProviderKind Kind, Uri BaseUrl, string? Key, string? ApiVersion, string MaxTokensField)
{
    /// <summary>Gets the organization that calls are billed to; null: the key's own.</summary>
    public string? Organization { get; init; }

    /// <summary>Gets the name that the key was read by, as errors tell it.</summary>
    public string KeySetting { get; init; } = "its api_key";

    /// <summary>Gets a value indicating whether the key is a token that the host signed in for: it goes as a bearer.</summary>
    public bool SignsIn { get; init; }

    /// <summary>Gets what hides the key in what comes back.</summary>
    public SecretHiding Hiding { get; init; } = SecretHiding.None;

    /// <summary>Gets the key as it goes over the wire; servers that want none get a word that is none.</summary>
    public string KeyOnTheWire => string.IsNullOrEmpty(Key) ? "none" : Key;

    /// <summary>The address of a path below the base URL, whose query stays.</summary>
    public Uri At(string path) => new UriBuilder(BaseUrl) { Path = $"{BaseUrl.AbsolutePath.TrimEnd('/')}/{path}" }.Uri;

    public override string ToString() => $"{Provider} at {BaseUrl.GetLeftPart(UriPartial.Path)}";
}
