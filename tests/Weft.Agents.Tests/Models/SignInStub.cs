using Weft.Agents.Models.Catalog;
using Weft.Agents.Models.Providers;
using Weft.Language;

namespace Weft.Agents.Tests.Models;

/// <summary>An identity that Azure's models know.</summary>
/// <param name="token">Its token; null: it gets none.</param>
internal sealed class SignInStub(string? token) : IProviderSignIn
{
    public bool Covers(ProviderKind kind, Uri endpoint) => kind == ProviderKind.Azure;

    public Task<string> TokenAsync(CancellationToken cancellationToken) => token is null
        ? Task.FromException<string>(new WeftException("secret_unreadable", Fault.Unavailable, "the identity got no token."))
        : Task.FromResult(token);
}
