using System.Text.Json.Nodes;
using Weft.Agents.Json;
using Weft.Language.Loading;

namespace Weft.Agents.Tools.Providers.Composio;

/// <content>Connected accounts and auth configs. The refresh call is left out: it turns a working account into one that waits for
/// consent.</content>
internal sealed partial class ComposioClient
{
    /// <summary>Lists the accounts of an entity, of an app, or both; newest change first where Composio sorts.</summary>
    public async Task<IReadOnlyList<ComposioAccount>> ListAccountsAsync(
        string? userId, string? toolkit, CancellationToken cancellationToken)
    {
        var accounts = new List<ComposioAccount>();
        var query = Query(("user_ids", userId), ("toolkit_slugs", toolkit), ("order_by", "updated_at"), ("order_direction", "desc"));
        await foreach (var item in ListAsync("connected_accounts", query, null, cancellationToken))
        {
            // The filters again: an account of another entity must never be used.
            if (ComposioAccount.Read(item) is { } account
                && (toolkit is null || string.Equals(account.Toolkit, toolkit, StringComparison.OrdinalIgnoreCase))
                && (userId is null || account.UserId is null || account.UserId == userId))
            {
                accounts.Add(account);
            }
        }

        return accounts;
    }

    /// <summary>One account: also the check of its health; null when there is none of that id.</summary>
    public async Task<ComposioAccount?> GetAccountAsync(string id, CancellationToken cancellationToken) =>
        ComposioAccount.Read(await FindAsync($"connected_accounts/{Uri.EscapeDataString(id)}", cancellationToken));

    /// <summary>Starts to connect an account: the user goes to the link's address and consents, within 10 minutes.</summary>
    public async Task<ComposioLink> LinkAsync(
        string authConfigId, string userId, string? callbackUrl, JsonObject? connectionData, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["auth_config_id"] = authConfigId, ["user_id"] = userId };
        if (callbackUrl is not null)
        {
            body["callback_url"] = callbackUrl;
        }

        if (connectionData is not null)
        {
            body["connection_data"] = connectionData.DeepClone();
        }

        var reply = (await OnceAsync(HttpMethod.Post, "connected_accounts/link", body, cancellationToken)).Body;
        var id = reply.Text("connected_account_id") ?? reply.Text("id");
        var url = reply.Text("redirect_url") ?? reply.Text("redirect_uri");
        return id is null || url is null
            ? throw new ComposioException(ComposioErrorKind.BadReply,
                "Composio's answer to POST /connected_accounts/link lacks connected_account_id or redirect_url.")
            : new ComposioLink(id, url, reply.Time("expires_at"));
    }

    /// <summary>Takes an account's tokens back at the provider, where it can.</summary>
    /// <returns>Whether they were; false: the provider has no such call, or there was nothing to take back.</returns>
    public async Task<bool> RevokeAccountAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await OnceAsync(HttpMethod.Post, $"connected_accounts/{Uri.EscapeDataString(id)}/revoke", new JsonObject(), cancellationToken);
            return true;
        }
        catch (ComposioException exception) when (exception.Kind
            is ComposioErrorKind.BadRequest or ComposioErrorKind.NotFound or ComposioErrorKind.Conflict or ComposioErrorKind.NotImplemented
                or ComposioErrorKind.Gone)
        {
            return false;
        }
    }

    /// <summary>Deletes an account at Composio; the provider's tokens live on unless they were revoked first.</summary>
    /// <returns>False: there was none.</returns>
    public async Task<bool> DeleteAccountAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await RepeatAsync(HttpMethod.Delete, $"connected_accounts/{Uri.EscapeDataString(id)}", null, null, cancellationToken);
            return true;
        }
        catch (ComposioException exception) when (exception.Kind is ComposioErrorKind.NotFound or ComposioErrorKind.Gone)
        {
            return false;
        }
    }

    /// <summary>Lists the auth configs of an app.</summary>
    public async Task<IReadOnlyList<ComposioAuthConfig>> ListAuthConfigsAsync(string? toolkit, CancellationToken cancellationToken)
    {
        var configs = new List<ComposioAuthConfig>();
        await foreach (var item in ListAsync("auth_configs", Query(("toolkit_slug", toolkit)), null, cancellationToken))
        {
            if (ComposioAuthConfig.Read(item) is { } config
                && (toolkit is null || string.Equals(config.Toolkit, toolkit, StringComparison.OrdinalIgnoreCase)))
            {
                configs.Add(config);
            }
        }

        return configs;
    }

    /// <summary>Makes an auth config that uses Composio's own OAuth app.</summary>
    public async Task<ComposioAuthConfig> CreateManagedAuthConfigAsync(string toolkit, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["toolkit"] = new JsonObject { ["slug"] = toolkit },
            ["auth_config"] = new JsonObject { ["type"] = "use_composio_managed_auth", ["name"] = $"weft-{toolkit}" },
        };
        var reply = await OnceAsync(HttpMethod.Post, "auth_configs", body, cancellationToken);
        return ComposioAuthConfig.Read(reply.Body)
            ?? throw new ComposioException(ComposioErrorKind.BadReply, "Composio's answer to POST /auth_configs lacks auth_config.id.");
    }

    private async Task<Reply> OnceAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken)
    {
        await WaitOutPauseAsync(cancellationToken);
        return await SendAsync(new Ask(method, path, body) { Timeout = Options.ReadTimeout }, cancellationToken);
    }
}
