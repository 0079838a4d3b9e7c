using Azure.Core;
using Azure.Identity;
using Weft.Agents.Models.Catalog;
using Weft.Functions.Credentials;
using Weft.Language;

namespace Weft.Functions.Tests.Credentials;

public sealed class AzureOpenAiSignInTests
{
    private static readonly Uri Endpoint = new("https://weft.openai.azure.com/");

    private readonly Clock _clock = new();
    private readonly Identity _identity;
    private readonly AzureOpenAiSignIn _signIn;

    public AzureOpenAiSignInTests()
    {
        _identity = new Identity(_clock);
        _signIn = new AzureOpenAiSignIn(_identity, _clock);
    }

    [Fact]
    public async Task Token_IsAskedForAzuresModelsAndKeptUntilShortlyBeforeItsEnd()
    {
        var first = await _signIn.TokenAsync(CancellationToken.None);
        _clock.Now += TimeSpan.FromMinutes(54);
        var kept = await _signIn.TokenAsync(CancellationToken.None);
        _clock.Now += TimeSpan.FromMinutes(2);
        var later = await _signIn.TokenAsync(CancellationToken.None);

        Assert.Equal(("token-1", "token-1", "token-2"), (first, kept, later));
        Assert.Equal("https://cognitiveservices.azure.com/.default", _identity.Scope);
    }

    [Fact]
    public async Task Refusal_OfTheIdentity_SaysWhatToDo()
    {
        _identity.Refuses = true;

        var refused = await Assert.ThrowsAsync<WeftException>(() => _signIn.TokenAsync(CancellationToken.None));

        Assert.Equal("Azure gave the app's identity no token. Check AZURE_CLIENT_ID, or set AZURE_OPENAI_API_KEY.", refused.Message);
    }

    [Fact]
    public void Tokens_AreForAzureOverTlsAlone()
    {
        Assert.True(_signIn.Covers(ProviderKind.Azure, Endpoint));
        Assert.False(_signIn.Covers(ProviderKind.Azure, new Uri("http://weft.openai.azure.com/")));
        Assert.False(_signIn.Covers(ProviderKind.OpenAi, Endpoint));
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    // Tokens of an hour, as managed identities have them.
    private sealed class Identity(Clock clock) : TokenCredential
    {
        private int _tokens;

        public string? Scope { get; private set; }

        public bool Refuses { get; set; }

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scope = Assert.Single(requestContext.Scopes);
            return Refuses
                ? throw new AuthenticationFailedException("ManagedIdentityCredential authentication failed")
                : new AccessToken($"token-{++_tokens}", clock.Now + TimeSpan.FromHours(1));
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
