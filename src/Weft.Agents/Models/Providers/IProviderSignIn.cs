using Weft.Agents.Models.Catalog;
using Weft.Language;

namespace Weft.Agents.Models.Providers;

/// <summary>Signs a host in at a provider that it has no key of: by a managed identity on Azure.</summary>
/// <remarks>
/// A host that has an identity registers one. It is asked for the host's own endpoints alone, never for one that a file names.
/// </remarks>
public interface IProviderSignIn
{
    /// <summary>Whether calls to an endpoint may carry a token.</summary>
    /// <param name="kind">What the provider speaks.</param>
    /// <param name="endpoint">Its endpoint.</param>
    bool Covers(ProviderKind kind, Uri endpoint);

    /// <summary>A bearer token that is good for the next minutes.</summary>
    /// <exception cref="WeftException">There is none: the message says why, and what to do.</exception>
    Task<string> TokenAsync(CancellationToken cancellationToken);
}
