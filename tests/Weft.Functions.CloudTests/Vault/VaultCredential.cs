using System.Collections.Concurrent;
using Azure.Core;

namespace Weft.Functions.CloudTests.Vault;

/// <summary>The identity of an app: keeps for which scopes, of which tenant, a token was asked.</summary>
internal sealed class VaultCredential : TokenCredential
{
    public const string Token = "token-of-the-app";
    public const string Tenant = "72f988bf-86f1-41af-91ab-2d7cd011db47";

    public ConcurrentQueue<string> Asked { get; } = new();

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        Asked.Enqueue($"{string.Join(' ', requestContext.Scopes)} of {requestContext.TenantId}");
        return new AccessToken(Token, DateTimeOffset.UtcNow.AddHours(1));
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        ValueTask.FromResult(GetToken(requestContext, cancellationToken));
}
