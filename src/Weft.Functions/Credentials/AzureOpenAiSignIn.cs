using Azure.Core;
using Azure.Identity;
using Weft.Agents.Models.Catalog;
using Weft.Agents.Models.Providers;
using Weft.Language;

namespace Weft.Functions.Credentials;

/// <summary>Signs the app in at Azure OpenAI as its own identity.</summary>
/// <remarks>A token is kept until shortly before its end: not every credential keeps its own.</remarks>
internal sealed class AzureOpenAiSignIn(TokenCredential credential, TimeProvider time) : IProviderSignIn
{
    private static readonly TokenRequestContext Scope = new(["https://cognitiveservices.azure.com/.default"]);
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private AccessToken _kept;

    /// <inheritdoc/>
    public bool Covers(ProviderKind kind, Uri endpoint) => kind == ProviderKind.Azure && endpoint.Scheme == Uri.UriSchemeHttps;

    /// <inheritdoc/>
    public async Task<string> TokenAsync(CancellationToken cancellationToken)
    {
        if (Kept() is { } kept)
        {
            return kept;
        }

        try
        {
            // Two calls at once may both ask: either answer will do.
            var token = await credential.GetTokenAsync(Scope, cancellationToken);
            Keep(token);
            return token.Token;
        }
        catch (AuthenticationFailedException refused)
        {
            throw new WeftException(
                "secret_unreadable", Fault.Unavailable,
                "Azure gave the app's identity no token. Check AZURE_CLIENT_ID, or set AZURE_OPENAI_API_KEY.", refused);
        }
    }

    private string? Kept()
    {
        lock (_lock)
        {
            return _kept.ExpiresOn > time.GetUtcNow() + Early ? _kept.Token : null;
        }
    }

    private void Keep(AccessToken token)
    {
        lock (_lock)
        {
            _kept = token;
        }
    }
}
