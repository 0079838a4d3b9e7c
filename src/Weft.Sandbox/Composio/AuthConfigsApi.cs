using System.Text.Json.Nodes;
using Weft.Sandbox.Json;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.Composio;

/// <summary>Auth configs: how users of an app are connected.</summary>
internal sealed class AuthConfigsApi(AppService apps, ComposioDialect dialect)
    : Resource(apps, dialect, Table, "Auth config", "AuthConfig_NotFound")
{
    public const string Table = "auth_configs";

    public static string DefaultFor(string toolkit) => "ac_" + toolkit;

    public WireResponse List(Exchange exchange)
    {
        lock (State.Gate)
        {
            var (toolkit, managed) = (exchange.Query("toolkit_slug"), exchange.Query("is_composio_managed"));
            var found = State.Rows(Table).Where(config =>
                (toolkit is null || config.Str("toolkit") == toolkit)
                && (managed is null || config.Bool("is_composio_managed") == (managed == "true")));
            return Pages.Of(exchange, [.. found.Select(View)], standardLimit: 20, maxLimit: 50);
        }
    }

    public WireResponse Create(Exchange exchange)
    {
        lock (State.Gate)
        {
            var slug = exchange.Body.Obj("toolkit").Str("slug");
            if (Apps.Catalog.Toolkit(slug) is not { } toolkit)
            {
                return Refused(new WireError(400, $"Toolkit {slug} not found"));
            }

            var asked = exchange.Body.Obj("auth_config");
            var managed = asked.Str("type") != "use_custom_auth";
            if (managed && !toolkit.HasManagedAuth)
            {
                return Refused(new WireError(400, $"Toolkit {slug} has no Composio-managed auth; use type use_custom_auth"));
            }

            var config = Put([], new JsonObject
            {
                ["id"] = Digest.Id("ac_", $"{slug}/{State.Count(Table)}", 12),
                ["toolkit"] = slug,
                ["name"] = asked.Str("name") ?? $"{slug}-{State.Count(Table)}",
                ["auth_scheme"] = asked.Str("authScheme") ?? "OAUTH2",
                ["is_composio_managed"] = managed,
                ["type"] = managed ? "default" : "custom",
                ["status"] = "ENABLED",
                ["scopes"] = asked.Obj("credentials").Arr("scopes")?.DeepClone() ?? new JsonArray(),
            });
            var answer = new JsonObject { ["toolkit"] = new JsonObject { ["slug"] = slug }, ["auth_config"] = View(config) };
            return WireResponse.Of(answer, 201);
        }
    }

    protected override JsonObject View(JsonObject row)
    {
        var connections = State.Rows(ConnectionsApi.Table).Count(account => account.Str("auth_config_id") == row.Str("id"));
        return Views.Of("auth_config", row, new JsonObject { ["connections"] = connections });
    }
}
