using System.Text.Json.Nodes;
using Weft.Sandbox.Json;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.Composio;

/// <summary>Connected accounts: who may use which app. One that was deleted is kept, and not shown.</summary>
internal sealed class ConnectionsApi(AppService apps, ComposioDialect dialect)
    : Resource(apps, dialect, Table, "Connected account", "ConnectedAccount_ResourceNotFound")
{
    public const string Table = "connected_accounts";

    private const string Active = "ACTIVE";
    private const string Initiated = "INITIATED";
    private const string Deleted = "DELETED";

    /// <summary>A user has this long to consent.</summary>
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromMinutes(10);

    /// <summary>The user on whose behalf a tool runs, or why it may not. The caller holds the gate.</summary>
    public (string User, WireError? Refusal) Caller(Exchange exchange, ToolInfo tool)
    {
        var user = exchange.Body.Str("user_id") ?? exchange.Body.Str("entity_id");
        if (tool.Toolkit.NoAuth)
        {
            return (user ?? "default", null);
        }

        var app = tool.Toolkit.Slug;
        if (exchange.Body.Str("connected_account_id") is { } id)
        {
            var account = Find(id);
            return account is null ? NoAccount($"Connected account {id} not found")
                : account.Str("toolkit") != app ? NoAccount($"Connected account {id} is of {account.Str("toolkit")}, not of {app}")
                : user is not null && account.Str("user_id") != user ? NoAccount($"Connected account {id} does not belong to user {user}")
                : account.Str("status") != Active ? NotActive(account)
                : (account.Str("user_id")!, null); // Every account has a user.
        }

        if (user is null)
        {
            return NoAccount("No connected account found: user_id or connected_account_id is required");
        }

        var found = Of(user, app);
        var isFree = found.Count == 0 && !Apps.RequireConnections;
        return isFree || found.Exists(account => account.Str("status") == Active) ? (user, null)
            : found.Find(account => account.Str("status") != Deleted) is { } unusable ? NotActive(unusable)
            : NoAccount($"No connected account found for user {user} and toolkit {app}");
    }

    public WireResponse List(Exchange exchange)
    {
        lock (State.Gate)
        {
            var (users, toolkits) = (exchange.QueryList("user_ids"), exchange.QueryList("toolkit_slugs"));
            if (!Apps.RequireConnections)
            {
                Connect(users, toolkits.Count > 0 ? toolkits : [.. Apps.Catalog.Toolkits.Select(toolkit => toolkit.Slug)]);
            }

            var found = State.Rows(Table).Select(AsOfNow).Where(account => account.Str("status") != Deleted
                && IsOf(users, account, "user_id")
                && IsOf(toolkits, account, "toolkit")
                && IsOf(exchange.QueryList("statuses"), account, "status")
                && IsOf(exchange.QueryList("auth_config_ids"), account, "auth_config_id")
                && IsOf(exchange.QueryList("connected_account_ids"), account, "id"));
            var order = exchange.Query("order_by") == "updated_at" ? "updated_at" : "created_at";
            found = found.OrderBy(account => account.Str(order), StringComparer.Ordinal);
            found = exchange.Query("order_direction") == "asc" ? found : found.Reverse();
            return Pages.Of(exchange, [.. found.Select(View)], standardLimit: 20, maxLimit: 1000);
        }
    }

    public WireResponse Link(Exchange exchange)
    {
        lock (State.Gate)
        {
            var (id, user) = (exchange.Body.Str("auth_config_id") ?? string.Empty, exchange.Body.Str("user_id"));
            if (State.Find<JsonObject>(AuthConfigsApi.Table, id) is not { } config)
            {
                return Refused(new WireError(400, $"Auth config {id} not found"));
            }

            if (string.IsNullOrEmpty(user))
            {
                return Refused(new WireError(400, "user_id is required"));
            }

            var seed = $"{user}/{id}/{State.Count(Table)}";
            var account = New(Digest.Id("ca_", seed, 12), user, config.Str("toolkit")!, id, Initiated); // Every config has a toolkit.
            account = Change(account, new JsonObject
            {
                ["callback_url"] = exchange.Body.Str("callback_url"),
                ["link_token"] = Digest.Id("ln_", seed, 16),
                ["link_expires_at"] = SeedData.Time(Now + LinkLifetime),
            });
            return WireResponse.Of(new JsonObject
            {
                ["link_token"] = account.Str("link_token"),
                ["redirect_url"] = new Uri(exchange.BaseAddress, $"composio/link/{account.Str("link_token")}").AbsoluteUri,
                ["expires_at"] = account.Str("link_expires_at"),
                ["connected_account_id"] = account.Str("id"),
            }, 201);
        }
    }

    public WireResponse SetStatus(Exchange exchange) => exchange.Body.Bool("enabled") is { } enabled
        ? Changed(exchange, enabled ? Active : "INACTIVE")
        : Refused(new WireError(400, "enabled (boolean) is required"));

    public WireResponse Delete(Exchange exchange) => Changed(exchange, Deleted);

    public WireResponse Revoke(Exchange exchange) => On(exchange, account =>
    {
        var id = account.Str("id");
        if (account.Str("status") is not (Active or "REVOKED"))
        {
            return Refused(new WireError(409, $"Connected account {id} is {account.Str("status")}, not ACTIVE"));
        }

        Change(account, new JsonObject { ["status"] = "REVOKED" });
        return WireResponse.Of(new JsonObject
        {
            ["revoked_tokens"] = new JsonArray("access_token"),
            ["connected_account"] = new JsonObject { ["id"] = id, ["status"] = "REVOKED" },
        });
    });

    /// <summary>Ends the consent of a link: the account becomes ACTIVE or FAILED. Null when the link is unknown, used or too old.</summary>
    public JsonObject? Decide(string linkToken, bool approved)
    {
        lock (State.Gate)
        {
            return Waiting(linkToken) is not { } account ? null : Change(account, new JsonObject
            {
                ["status"] = approved ? Active : "FAILED",
                ["status_reason"] = approved ? null : "The user refused access",
                ["link_token"] = string.Empty,
            });
        }
    }

    /// <summary>The account whose owner is asked by a link, or null when the link is unknown, used or too old.</summary>
    public JsonObject? Waiting(string linkToken)
    {
        lock (State.Gate)
        {
            var account = State.Rows(Table).Where(account => account.Str("link_token") == linkToken).Select(AsOfNow).FirstOrDefault();
            return account.Str("status") == Initiated ? account : null;
        }
    }

    protected override JsonObject? Find(string id)
    {
        var account = base.Find(id) is { } row ? AsOfNow(row) : null;
        return account.Str("status") == Deleted ? null : account;
    }

    protected override JsonObject View(JsonObject row) => Views.Of("connected_account", row, new JsonObject
    {
        ["config"] = State.Find<JsonObject>(AuthConfigsApi.Table, row.Str("auth_config_id")!), // Every account has one.
        ["disabled"] = row.Str("status") == "INACTIVE",
    });

    /// <summary>A copy of an account. One whose owner did not consent in time has expired.</summary>
    private JsonObject AsOfNow(JsonObject row)
    {
        var account = (JsonObject)row.DeepClone();
        if (account.Str("status") == Initiated && string.CompareOrdinal(account.Str("link_expires_at"), SeedData.Time(Now)) <= 0)
        {
            account["status"] = "EXPIRED";
            account["status_reason"] = "The connection was abandoned: no consent within 10 minutes";
        }

        return account;
    }

    private List<JsonObject> Of(string user, string toolkit) =>
        [.. State.Rows(Table).Where(account => account.Str("user_id") == user && account.Str("toolkit") == toolkit).Select(AsOfNow)];

    private static bool IsOf(IReadOnlyList<string> wanted, JsonObject account, string member) =>
        wanted.Count == 0 || wanted.Contains(account.Str(member));

    /// <summary>Where no connections are required, a user who is asked for by name has them.</summary>
    private void Connect(IReadOnlyList<string> users, IReadOnlyList<string> toolkits)
    {
        foreach (var (user, toolkit) in users.SelectMany(user => toolkits.Select(toolkit => (user, toolkit))))
        {
            if (Apps.Catalog.Toolkit(toolkit) is { NoAuth: false } && Of(user, toolkit).Count == 0)
            {
                New(Digest.Id("ca_", $"{user}/{toolkit}", 12), user, toolkit, AuthConfigsApi.DefaultFor(toolkit), Active);
            }
        }
    }

    private JsonObject New(string id, string user, string toolkit, string config, string status) => Change([], new JsonObject
    {
        ["id"] = id,
        ["user_id"] = user,
        ["toolkit"] = toolkit,
        ["auth_config_id"] = config,
        ["auth_scheme"] = "OAUTH2",
        ["status"] = status,
        ["created_at"] = SeedData.Time(Now),
        ["link_expires_at"] = SeedData.Time(Now + LinkLifetime),
    });

    private JsonObject Change(JsonObject account, JsonObject changes)
    {
        changes["updated_at"] = SeedData.Time(Now);
        return Put(account, changes);
    }

    private WireResponse Changed(Exchange exchange, string status) => On(exchange, account =>
    {
        Change(account, new JsonObject { ["status"] = status });
        return WireResponse.Of(new JsonObject { ["success"] = true });
    });

    private static (string User, WireError Refusal) NoAccount(string message) =>
        (string.Empty, new WireError(400, message) { Code = "1803", Type = "ActionExecute_ConnectedAccountNotFound" });

    private static (string User, WireError Refusal) NotActive(JsonObject account)
    {
        var message = $"Connected account {account.Str("id")} of user {account.Str("user_id")} is {account.Str("status")}, not ACTIVE";
        return (string.Empty, new WireError(422, message) { Type = "ActionExecute_ConnectedAccountNotActive" });
    }
}
