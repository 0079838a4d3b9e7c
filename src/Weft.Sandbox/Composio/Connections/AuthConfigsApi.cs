using System.Text.Json.Nodes;
using Weft.Sandbox.Json;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.Composio.Connections;

/// <summary>Auth configs: how users of an app are connected.</summary>
internal sealed class AuthConfigsApi(SandboxWorld world, ComposioDialect dialect)
{
    private SandboxState State => world.State;

    public WireResponse List(Exchange exchange)
    {
        lock (State.Gate)
        {
            var managed = exchange.Query("is_composio_managed");
            var found = State.All<AuthConfig>(AuthConfig.Table)
                .Where(config => exchange.Query("toolkit_slug") is not { } toolkit || config.Toolkit == toolkit)
                .Where(config => managed is null || config.IsComposioManaged == (managed == "true"))
                .Where(config => exchange.Query("show_disabled") == "true" || !config.IsDisabled)
                .Where(config => exchange.Query("search") is not { } search || config.Name.Contains(search, StringComparison.OrdinalIgnoreCase));
            return Pages.Of(exchange, [.. found.Select(View)], standardLimit: 20, maxLimit: 50);
        }
    }

    public WireResponse Get(Exchange exchange) => OnConfig(exchange, config => WireResponse.Of(View(config)));

    public WireResponse Create(Exchange exchange)
    {
        lock (State.Gate)
        {
            if (world.Catalog.Toolkit(exchange.Body.Obj("toolkit").Str("slug") ?? string.Empty) is not { } toolkit)
            {
                return dialect.Error(new WireError(400, $"Toolkit {exchange.Body.Obj("toolkit").Str("slug")} not found"));
            }

            var asked = exchange.Body.Obj("auth_config");
            var managed = asked.Str("type") != "use_custom_auth";
            if (managed && toolkit.ComposioManagedAuthSchemes.Count == 0)
            {
                return dialect.Error(new WireError(400, $"Toolkit {toolkit.Slug} has no Composio-managed auth; use type use_custom_auth"));
            }

            var config = new AuthConfig
            {
                Id = Digest.Id("ac_", $"{toolkit.Slug}/{State.Count(AuthConfig.Table)}", 12),
                Toolkit = toolkit.Slug,
                Name = asked.Str("name") ?? $"{toolkit.Slug}-{State.Count(AuthConfig.Table)}",
                AuthScheme = asked.Str("authScheme") ?? "OAUTH2",
                IsComposioManaged = managed,
                Scopes = [.. (asked.Obj("credentials").Arr("scopes") ?? []).Select(scope => scope.AsText()).OfType<string>()],
            };
            State.Put(AuthConfig.Table, config.Id, config);
            return WireResponse.Of(new JsonObject
            {
                ["toolkit"] = new JsonObject { ["slug"] = toolkit.Slug },
                ["auth_config"] = new JsonObject { ["id"] = config.Id, ["auth_scheme"] = config.AuthScheme, ["is_composio_managed"] = managed },
            }, 201);
        }
    }

    public WireResponse Patch(Exchange exchange) => OnConfig(exchange, config =>
    {
        State.Put(AuthConfig.Table, config.Id, config with
        {
            Name = exchange.Body.Str("name") ?? config.Name,
            Scopes = exchange.Body.Arr("scopes") is { } scopes ? [.. scopes.Select(scope => scope.AsText()).OfType<string>()] : config.Scopes,
        });
        return WireResponse.Of(new JsonObject { ["success"] = true });
    });

    public WireResponse Switch(Exchange exchange) => exchange.Route("status") is "ENABLED" or "DISABLED"
        ? OnConfig(exchange, config =>
        {
            State.Put(AuthConfig.Table, config.Id, config with { IsDisabled = exchange.Route("status") == "DISABLED" });
            return WireResponse.Of(new JsonObject { ["success"] = true });
        })
        : dialect.Error(new WireError(400, "The status is ENABLED or DISABLED"));

    public WireResponse Delete(Exchange exchange) => OnConfig(exchange, config =>
    {
        State.Remove(AuthConfig.Table, config.Id);
        return WireResponse.Of(new JsonObject { ["success"] = true });
    });

    private WireResponse OnConfig(Exchange exchange, Func<AuthConfig, WireResponse> action)
    {
        lock (State.Gate)
        {
            return State.Find<AuthConfig>(AuthConfig.Table, exchange.Route("id")) is { } config
                ? action(config)
                : dialect.Error(new WireError(404, $"Auth config {exchange.Route("id")} not found") { Type = "AuthConfig_NotFound" });
        }
    }

    private JsonNode View(AuthConfig config) => new JsonObject
    {
        ["id"] = config.Id,
        ["uuid"] = Digest.Uuid(config.Id).ToString(),
        ["type"] = config.IsComposioManaged ? "default" : "custom",
        ["toolkit"] = new JsonObject { ["slug"] = config.Toolkit, ["logo"] = $"https://logos.example.com/{config.Toolkit}.svg" },
        ["name"] = config.Name,
        ["auth_scheme"] = config.AuthScheme,
        ["is_composio_managed"] = config.IsComposioManaged,
        ["credentials"] = new JsonObject { ["scopes"] = new JsonArray([.. config.Scopes.Select(scope => (JsonNode)scope)]) },
        ["status"] = config.IsDisabled ? "DISABLED" : "ENABLED",
        ["no_of_connections"] = State.All<ConnectedAccount>(ConnectedAccount.Table).Count(account => account.AuthConfigId == config.Id),
        ["expected_input_fields"] = new JsonArray(),
    };
}
