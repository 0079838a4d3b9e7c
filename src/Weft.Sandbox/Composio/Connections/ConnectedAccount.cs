namespace Weft.Sandbox.Composio.Connections;

internal sealed record ConnectedAccount
{
    public const string Table = "connected_accounts";

    /// <summary>A user has this long to consent.</summary>
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromMinutes(10);

    public required string Id { get; init; }
    public required string UserId { get; init; }
    public required string Toolkit { get; init; }
    public required string AuthConfigId { get; init; }

    /// <summary>INITIATED, ACTIVE, FAILED, EXPIRED, INACTIVE, REVOKED, or DELETED, which is kept but not shown.</summary>
    public required string Status { get; init; }
    public string? StatusReason { get; init; }
    public string AuthScheme { get; init; } = "OAUTH2";
    public string? Alias { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public string? LinkToken { get; init; }
    public string? CallbackUrl { get; init; }
    public DateTimeOffset? LinkExpiresAt { get; init; }

    /// <summary>The accounts that exist from the start: the customers of the shop, the agent's mailbox, the team's chat.</summary>
    public static IEnumerable<ConnectedAccount> SeedAt(DateTimeOffset now) =>
        new[] { ("cust_789", "shopify"), ("cust_456", "shopify"), ("cust-42", "shopify"), ("cust-42", "gmail"), ("agent_1", "gmail"), ("team_1", "slack"), ("user_123", "github"), ("user_123", "slack") }
            .Select(pair => new ConnectedAccount
            {
                Id = IdOf(pair.Item1, pair.Item2), UserId = pair.Item1, Toolkit = pair.Item2, AuthConfigId = AuthConfig.DefaultFor(pair.Item2), Status = "ACTIVE", CreatedAt = now.AddDays(-30), UpdatedAt = now.AddDays(-30),
            });

    public static string IdOf(string user, string toolkit) => Json.Digest.Id("ca_", $"{user}/{toolkit}", 12);

    /// <summary>An account whose owner did not consent in time has expired.</summary>
    public ConnectedAccount At(DateTimeOffset now) => Status == "INITIATED" && LinkExpiresAt <= now
        ? this with { Status = "EXPIRED", StatusReason = "The connection was abandoned: no consent within 10 minutes", UpdatedAt = LinkExpiresAt.Value }
        : this;
}

internal sealed record AuthConfig
{
    public const string Table = "auth_configs";

    public required string Id { get; init; }
    public required string Toolkit { get; init; }
    public required string Name { get; init; }
    public string AuthScheme { get; init; } = "OAUTH2";
    public required bool IsComposioManaged { get; init; }
    public bool IsDisabled { get; init; }
    public IReadOnlyList<string> Scopes { get; init; } = [];

    public static IReadOnlyList<AuthConfig> Seed { get; } =
    [
        new AuthConfig { Id = "ac_shopify", Toolkit = "shopify", Name = "shopify-sandbox", IsComposioManaged = false },
        new AuthConfig { Id = "ac_gmail", Toolkit = "gmail", Name = "gmail-sandbox", IsComposioManaged = true },
        new AuthConfig { Id = "ac_slack", Toolkit = "slack", Name = "slack-sandbox", IsComposioManaged = true },
        new AuthConfig { Id = "ac_github", Toolkit = "github", Name = "github-sandbox", IsComposioManaged = true },
    ];

    public static string DefaultFor(string toolkit) => "ac_" + toolkit;
}
