using System.Text.Json.Nodes;
using Weft.Sandbox.Composio.Shop;
using Weft.Sandbox.Json;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.Composio.Connections;

/// <summary>Connected accounts: who may use which app.</summary>
internal sealed class ConnectionsApi(SandboxWorld world, ComposioDialect dialect)
{
    private const string Deleted = "DELETED";

    private SandboxState State => world.State;

    private DateTimeOffset Now => world.Clock.GetUtcNow();

    /// <summary>The user on whose behalf a tool runs, or why it may not. The caller holds the gate.</summary>
    public (string User, WireError? Refusal) Caller(Exchange exchange, ToolInfo tool)
    {
        var user = exchange.Body.Str("user_id") ?? exchange.Body.Str("entity_id");
        if (tool.Toolkit.NoAuth)
        {
            return (user ?? "default", null);
        }

        if (exchange.Body.Str("connected_account_id") is { } id)
        {
            return Find(id) is not { } account ? (string.Empty, ComposioDialect.NoConnectedAccount($"Connected account {id} not found"))
                : account.Toolkit != tool.Toolkit.Slug ? (string.Empty, ComposioDialect.NoConnectedAccount($"Connected account {id} is of {account.Toolkit}, not of {tool.Toolkit.Slug}"))
                : user is not null && account.UserId != user ? (string.Empty, ComposioDialect.NoConnectedAccount($"Connected account {id} does not belong to user {user}"))
                : account.Status != "ACTIVE" ? (string.Empty, new WireError(422, $"Connected account {id} is {account.Status}, not ACTIVE") { Type = "ActionExecute_ConnectedAccountNotActive" })
                : (account.UserId, null);
        }

        if (user is null)
        {
            return (string.Empty, ComposioDialect.NoConnectedAccount("No connected account found: user_id or connected_account_id is required"));
        }

        var found = Of(user, tool.Toolkit.Slug);
        return found.Any(account => account.Status == "ACTIVE") || (found.Count == 0 && !world.Options.RequireConnections) ? (user, null)
            : found.FirstOrDefault(account => account.Status != Deleted) is { } unusable ? (string.Empty, new WireError(422, $"Connected account {unusable.Id} of user {user} is {unusable.Status}, not ACTIVE") { Type = "ActionExecute_ConnectedAccountNotActive" })
            : (string.Empty, ComposioDialect.NoConnectedAccount($"No connected account found for user {user} and toolkit {tool.Toolkit.Slug}"));
    }

    public WireResponse List(Exchange exchange)
    {
        lock (State.Gate)
        {
            var users = exchange.QueryList("user_ids");
            var toolkits = exchange.QueryList("toolkit_slugs");
            var statuses = exchange.QueryList("statuses");
            var configs = exchange.QueryList("auth_config_ids");
            var ids = exchange.QueryList("connected_account_ids");
            if (!world.Options.RequireConnections)
            {
                Connect(users, toolkits.Count > 0 ? toolkits : [.. world.Catalog.Toolkits.Where(toolkit => !toolkit.NoAuth).Select(toolkit => toolkit.Slug)]);
            }

            var found = State.All<ConnectedAccount>(ConnectedAccount.Table).Select(account => account.At(Now)).Where(account => account.Status != Deleted
                && (users.Count == 0 || users.Contains(account.UserId))
                && (toolkits.Count == 0 || toolkits.Contains(account.Toolkit))
                && (statuses.Count == 0 || statuses.Contains(account.Status))
                && (configs.Count == 0 || configs.Contains(account.AuthConfigId))
                && (ids.Count == 0 || ids.Contains(account.Id)));
            found = exchange.Query("order_by") == "updated_at" ? found.OrderBy(account => account.UpdatedAt) : found.OrderBy(account => account.CreatedAt);
            return Pages.Of(exchange, [.. (exchange.Query("order_direction") == "asc" ? found : found.Reverse()).Select(View)], standardLimit: 20, maxLimit: 1000);
        }
    }

    public WireResponse Get(Exchange exchange) => OnAccount(exchange, account => WireResponse.Of(View(account)));

    /// <summary>Direct creation; accounts of managed OAuth are made by a link.</summary>
    public WireResponse Create(Exchange exchange)
    {
        lock (State.Gate)
        {
            var config = State.Find<AuthConfig>(AuthConfig.Table, exchange.Body.Obj("auth_config").Str("id") ?? string.Empty);
            if (config is null)
            {
                return dialect.Error(new WireError(400, "auth_config.id names no auth config"));
            }

            var connection = exchange.Body.Obj("connection");
            var scheme = connection.Obj("state").Str("authScheme") ?? config.AuthScheme;
            if (config.IsComposioManaged && scheme is "OAUTH2" or "OAUTH1" or "DCR_OAUTH")
            {
                return dialect.Error(new WireError(400, "Composio-managed OAuth accounts can't be created here; use POST /connected_accounts/link") { Code = "600", Type = "ConnectedAccount_BadRequest" });
            }

            var ready = scheme is not ("OAUTH2" or "OAUTH1") || connection.Obj("state").Obj("val").Str("status") == "ACTIVE";
            var account = New(connection.Str("user_id") ?? "default", config, ready ? "ACTIVE" : "INITIATED", connection.Str("callback_url"), scheme);
            var redirect = ready ? null : LinkUrl(exchange, account);
            return WireResponse.Of(new JsonObject
            {
                ["id"] = account.Id,
                ["status"] = account.Status,
                ["connectionData"] = new JsonObject { ["authScheme"] = scheme, ["val"] = new JsonObject { ["status"] = account.Status } },
                ["redirect_url"] = redirect,
                ["redirect_uri"] = redirect,
            }, 201);
        }
    }

    public WireResponse Link(Exchange exchange)
    {
        lock (State.Gate)
        {
            if (State.Find<AuthConfig>(AuthConfig.Table, exchange.Body.Str("auth_config_id") ?? string.Empty) is not { } config || config.IsDisabled)
            {
                return dialect.Error(new WireError(400, $"Auth config {exchange.Body.Str("auth_config_id")} not found or disabled"));
            }

            if (exchange.Body.Str("user_id") is not { Length: > 0 } user)
            {
                return dialect.Error(new WireError(400, "user_id is required"));
            }

            var account = New(user, config, "INITIATED", exchange.Body.Str("callback_url"), config.AuthScheme);
            return WireResponse.Of(new JsonObject
            {
                ["link_token"] = account.LinkToken,
                ["redirect_url"] = LinkUrl(exchange, account),
                ["expires_at"] = OrderView.Time(account.LinkExpiresAt!.Value),
                ["connected_account_id"] = account.Id,
            }, 201);
        }
    }

    public WireResponse SetStatus(Exchange exchange) => OnAccount(exchange, account =>
    {
        if (exchange.Body.Bool("enabled") is not { } enabled)
        {
            return dialect.Error(new WireError(400, "enabled (boolean) is required"));
        }

        Put(account with { Status = enabled ? "ACTIVE" : "INACTIVE" });
        return WireResponse.Of(new JsonObject { ["success"] = true });
    });

    public WireResponse Patch(Exchange exchange) => OnAccount(exchange, account =>
    {
        var updated = Put(account with { Alias = exchange.Body.Str("alias") ?? account.Alias });
        return WireResponse.Of(View(updated));
    });

    public WireResponse Delete(Exchange exchange) => OnAccount(exchange, account =>
    {
        Put(account with { Status = Deleted });
        return WireResponse.Of(new JsonObject { ["success"] = true });
    });

    public WireResponse Revoke(Exchange exchange) => OnAccount(exchange, account =>
    {
        if (account.Status is not ("ACTIVE" or "REVOKED"))
        {
            return dialect.Error(new WireError(409, $"Connected account {account.Id} is {account.Status}, not ACTIVE"));
        }

        Put(account with { Status = "REVOKED" });
        return WireResponse.Of(new JsonObject { ["revoked_tokens"] = new JsonArray("access_token"), ["connected_account"] = new JsonObject { ["id"] = account.Id, ["status"] = "REVOKED" } });
    });

    /// <summary>Deprecated by the service: it starts a new consent, and the account is not usable until then.</summary>
    public WireResponse Refresh(Exchange exchange) => OnAccount(exchange, account =>
    {
        var renewed = Put(account with
        {
            Status = "INITIATED",
            LinkToken = Digest.Id("ln_", $"{account.Id}/{Now.UtcTicks}", 16),
            LinkExpiresAt = Now + ConnectedAccount.LinkLifetime,
            CallbackUrl = exchange.Query("redirect_url") ?? exchange.Body.Str("redirect_url") ?? account.CallbackUrl,
        });
        return WireResponse.Of(new JsonObject { ["id"] = renewed.Id, ["status"] = renewed.Status, ["redirect_url"] = LinkUrl(exchange, renewed) });
    });

    /// <summary>Ends the consent of a link: the account becomes ACTIVE or FAILED. Null when the link is unknown or too old.</summary>
    public ConnectedAccount? Decide(string linkToken, bool approved)
    {
        lock (State.Gate)
        {
            return Pending(linkToken) is not { Status: "INITIATED" } account ? null
                : Put(account with { Status = approved ? "ACTIVE" : "FAILED", StatusReason = approved ? null : "The user refused access", LinkToken = null });
        }
    }

    public ConnectedAccount? Waiting(string linkToken)
    {
        lock (State.Gate)
        {
            return Pending(linkToken) is { Status: "INITIATED" } account ? account : null;
        }
    }

    private ConnectedAccount? Pending(string linkToken) => State.All<ConnectedAccount>(ConnectedAccount.Table).FirstOrDefault(account => account.LinkToken == linkToken)?.At(Now);

    private WireResponse OnAccount(Exchange exchange, Func<ConnectedAccount, WireResponse> action)
    {
        lock (State.Gate)
        {
            return Find(exchange.Route("id")) is { } account
                ? action(account)
                : dialect.Error(new WireError(404, $"Connected account {exchange.Route("id")} not found") { Type = "ConnectedAccount_ResourceNotFound" });
        }
    }

    private ConnectedAccount? Find(string id) => State.Find<ConnectedAccount>(ConnectedAccount.Table, id)?.At(Now) is { } account && account.Status != Deleted ? account : null;

    private List<ConnectedAccount> Of(string user, string toolkit) =>
        [.. State.All<ConnectedAccount>(ConnectedAccount.Table).Where(account => account.UserId == user && account.Toolkit == toolkit).Select(account => account.At(Now))];

    /// <summary>Where no connections are required, a user who is asked for by name has them.</summary>
    private void Connect(IReadOnlyList<string> users, IReadOnlyList<string> toolkits)
    {
        foreach (var (user, toolkit) in users.SelectMany(user => toolkits.Select(toolkit => (user, toolkit))))
        {
            if (world.Catalog.Toolkit(toolkit) is { NoAuth: false } && Of(user, toolkit).Count == 0)
            {
                var account = new ConnectedAccount { Id = ConnectedAccount.IdOf(user, toolkit), UserId = user, Toolkit = toolkit, AuthConfigId = AuthConfig.DefaultFor(toolkit), Status = "ACTIVE", CreatedAt = Now, UpdatedAt = Now };
                State.Put(ConnectedAccount.Table, account.Id, account);
            }
        }
    }

    private ConnectedAccount New(string user, AuthConfig config, string status, string? callback, string scheme)
    {
        var seed = $"{user}/{config.Id}/{State.Count(ConnectedAccount.Table)}";
        return Put(new ConnectedAccount
        {
            Id = Digest.Id("ca_", seed, 12), UserId = user, Toolkit = config.Toolkit, AuthConfigId = config.Id, Status = status, AuthScheme = scheme, CallbackUrl = callback, CreatedAt = Now, UpdatedAt = Now,
            LinkToken = status == "INITIATED" ? Digest.Id("ln_", seed, 16) : null, LinkExpiresAt = status == "INITIATED" ? Now + ConnectedAccount.LinkLifetime : null,
        });
    }

    private ConnectedAccount Put(ConnectedAccount account)
    {
        account = account with { UpdatedAt = Now };
        State.Put(ConnectedAccount.Table, account.Id, account);
        return account;
    }

    private static string LinkUrl(Exchange exchange, ConnectedAccount account) =>
        $"{exchange.Http.Request.Scheme}://{exchange.Http.Request.Host}/composio/link/{account.LinkToken}";

    private JsonNode View(ConnectedAccount account)
    {
        var config = State.Find<AuthConfig>(AuthConfig.Table, account.AuthConfigId);
        return new JsonObject
        {
            ["id"] = account.Id,
            ["toolkit"] = new JsonObject { ["slug"] = account.Toolkit },
            ["auth_config"] = new JsonObject { ["id"] = account.AuthConfigId, ["auth_scheme"] = account.AuthScheme, ["is_composio_managed"] = config?.IsComposioManaged ?? false, ["is_disabled"] = config?.IsDisabled ?? false },
            ["user_id"] = account.UserId,
            ["alias"] = account.Alias,
            ["status"] = account.Status,
            ["status_reason"] = account.StatusReason,
            ["is_disabled"] = account.Status == "INACTIVE",
            ["created_at"] = OrderView.Time(account.CreatedAt),
            ["updated_at"] = OrderView.Time(account.UpdatedAt),
            ["state"] = new JsonObject { ["authScheme"] = account.AuthScheme, ["val"] = new JsonObject { ["status"] = account.Status, ["access_token"] = "REDACTED" } },
            ["data"] = new JsonObject(),
        };
    }
}
