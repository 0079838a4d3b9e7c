using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weft.Agents.Tools.Providers.Composio.Connections;
using Weft.Language;

namespace Weft.Agents.Tools.Providers.Composio;

/// <summary>Connects entities to apps, and says how their connections are.</summary>
/// <remarks>
/// Consent happens between the user, Composio and the app. What comes back through a browser is a hint and is confirmed by asking
/// Composio. A "refresh" is a health check: Composio renews tokens by itself, and its own refresh call would break a working account.
/// </remarks>
public sealed class ComposioConnections
{
    /// <summary>How often an account that is being set up is looked at when the user comes back.</summary>
    private const int Looks = 5;

    private readonly ComposioClient _client;
    private readonly ComposioAccounts _accounts;
    private readonly ConnectionRecords _records;
    private readonly IOptions<ComposioOptions> _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ComposioConnections> _logger;

    internal ComposioConnections(
        ComposioClient client, ComposioAccounts accounts, ConnectionRecords records, IOptions<ComposioOptions> options, TimeProvider time,
        ILogger<ComposioConnections> logger)
    {
        _client = client;
        _accounts = accounts;
        _records = records;
        _options = options;
        _time = time;
        _logger = logger;
    }

    /// <summary>Starts to connect an entity to an app.</summary>
    /// <param name="app">The app, such as <c>shopify</c>.</param>
    /// <param name="entityId">Whose account it will be.</param>
    /// <param name="redirectUrl">Where the user's browser goes afterwards; null: it stays at Composio's page.</param>
    /// <param name="connectionData">What the app asks for besides, such as a shop's subdomain; null: nothing.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="WeftException">Codes <c>invalid_connection</c>, <c>unknown_app</c>, <c>auth_config_missing</c>; or
    /// Composio's.</exception>
    public async Task<ConnectionStart> ConnectAsync(
        string app, string entityId, string? redirectUrl, JsonObject? connectionData, CancellationToken cancellationToken)
    {
        app = ToolName.Plain(app);
        if (string.IsNullOrWhiteSpace(entityId) || entityId.Length > 250)
        {
            throw new WeftException(
                "invalid_connection", Fault.Invalid, "entity_id must have 1 to 250 characters: it says whose account is connected.");
        }

        if (redirectUrl is not null && !(Uri.TryCreate(redirectUrl, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            throw new WeftException("invalid_connection", Fault.Invalid, "redirect_url must be an absolute http or https address.");
        }

        var authConfig = await AuthConfigOfAsync(app, cancellationToken);
        var link = await _client.LinkAsync(authConfig, entityId, redirectUrl, connectionData, cancellationToken);
        await _records.WriteAsync(
            new Connection
            {
                EntityId = entityId,
                AppName = app,
                ConnectionId = link.ConnectedAccountId,
                Status = ConnectionStatus.Pending,
                CreatedAt = Now,
                ExpiresAt = link.ExpiresAt,
                AuthConfigId = authConfig,
                ProviderStatus = "INITIATED",
            },
            cancellationToken);
        _accounts.Forget(entityId, app);
        _logger.ConnectionStarted(app, entityId, link.ConnectedAccountId);
        return new ConnectionStart(link.RedirectUrl, link.ConnectedAccountId, link.ExpiresAt);
    }

    /// <summary>Takes a user back from consent: asks Composio what came of it, for a few seconds while it is being set up.</summary>
    /// <param name="connectionId">The id that the redirect brought along.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="WeftException">Code <c>connection_not_found</c>: no such connection was started here.</exception>
    public async Task<Connection> CompleteAsync(string connectionId, CancellationToken cancellationToken)
    {
        var known = await _records.FindAsync(connectionId, cancellationToken) ?? throw NotFound(connectionId);
        for (var look = 1; ; look++)
        {
            var now = await CheckAsync(known, cancellationToken);
            if (now.Status != ConnectionStatus.Pending || look == Looks)
            {
                return now;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250 * look), _time, cancellationToken);
        }
    }

    /// <summary>Asks Composio how a connection is, and notes it.</summary>
    /// <exception cref="WeftException">Code <c>connection_not_found</c>.</exception>
    public async Task<Connection> RefreshAsync(string connectionId, CancellationToken cancellationToken) =>
        await CheckAsync(await FindAsync(connectionId, cancellationToken), cancellationToken);

    /// <summary>The connections of an entity, as Composio has them now; when it cannot be asked, as they were last known.</summary>
    public async Task<IReadOnlyList<Connection>> ListAsync(string entityId, CancellationToken cancellationToken)
    {
        var known = await _records.ListAsync(entityId, cancellationToken);
        IReadOnlyList<ComposioAccount> accounts;
        try
        {
            accounts = await _client.ListAccountsAsync(entityId, null, cancellationToken);
        }
        catch (ComposioException exception) when (known.Count > 0 && exception.Kind != ComposioErrorKind.NotConfigured)
        {
            _logger.ConnectionsNotChecked(entityId, exception.Message);
            return known;
        }

        var current = accounts.Select(a => Seen(known.FirstOrDefault(k => k.ConnectionId == a.Id), a, entityId)).ToList();
        return [.. current.Concat(known.Where(k => k.Status is ConnectionStatus.Revoked && accounts.All(a => a.Id != k.ConnectionId)))
            .OrderBy(c => c.AppName, StringComparer.Ordinal).ThenByDescending(c => c.CreatedAt)];
    }

    /// <summary>Takes a connection back: its tokens are revoked where the app can, and the account is deleted at Composio.</summary>
    /// <exception cref="WeftException">Code <c>connection_not_found</c>.</exception>
    public async Task<Connection> DeleteAsync(string connectionId, CancellationToken cancellationToken)
    {
        var known = await FindAsync(connectionId, cancellationToken);
        var revoked = await _client.RevokeAccountAsync(connectionId, cancellationToken);
        await _client.DeleteAccountAsync(connectionId, cancellationToken);
        _accounts.Forget(connectionId);
        var ended = known with
        {
            Status = ConnectionStatus.Revoked,
            RevokedAt = Now,
            ProviderStatus = "DELETED",
            StatusReason = revoked ? null : "the app's tokens could not be revoked from here; revoke them in the app if that matters",
        };
        await _records.UpdateAsync(ended, cancellationToken);
        _logger.ConnectionRevoked(ended.AppName, ended.EntityId, connectionId);
        return ended;
    }

    /// <summary>Notes what a webhook told of an account: the next call asks anew.</summary>
    public async Task ExpiredAsync(string connectionId, string? reason, CancellationToken cancellationToken)
    {
        _accounts.Forget(connectionId);
        if (await _records.FindAsync(connectionId, cancellationToken) is { } known)
        {
            await _records.UpdateAsync(
                known with { Status = ConnectionStatus.Failed, ProviderStatus = "EXPIRED", StatusReason = reason, CheckedAt = Now },
                cancellationToken);
        }
    }

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    private async Task<Connection> FindAsync(string connectionId, CancellationToken cancellationToken)
    {
        if (await _records.FindAsync(connectionId, cancellationToken) is { } known)
        {
            return known;
        }

        // It may have been connected at Composio itself, or by another data folder.
        var account = await _client.GetAccountAsync(connectionId, cancellationToken) ?? throw NotFound(connectionId);
        return Seen(null, account, account.UserId ?? "default");
    }

    private async Task<Connection> CheckAsync(Connection known, CancellationToken cancellationToken)
    {
        var account = await _client.GetAccountAsync(known.ConnectionId, cancellationToken);
        var now = account is not null
            ? Seen(known, account, known.EntityId)
            : known with
            {
                Status = ConnectionStatus.Revoked,
                RevokedAt = known.RevokedAt ?? Now,
                ProviderStatus = "DELETED",
                CheckedAt = Now,
            };
        await _records.UpdateAsync(now, cancellationToken);
        if (now.Status != ConnectionStatus.Connected)
        {
            _accounts.Forget(known.ConnectionId);
        }

        return now;
    }

    private Connection Seen(Connection? known, ComposioAccount account, string entityId)
    {
        var status = account switch
        {
            { Usable: true } => ConnectionStatus.Connected,
            { Status: "INITIALIZING" or "INITIATED" } => ConnectionStatus.Pending,
            { Status: "REVOKED" } => ConnectionStatus.Revoked,
            _ => ConnectionStatus.Failed,
        };
        var reason = account.Disabled ? "the account is disabled"
            : account.AuthConfigDisabled ? "its auth config is disabled" : account.StatusReason;
        return new Connection
        {
            EntityId = known?.EntityId ?? account.UserId ?? entityId,
            AppName = known?.AppName ?? account.Toolkit,
            ConnectionId = account.Id,
            Status = status,
            CreatedAt = known?.CreatedAt ?? account.CreatedAt ?? Now,
            ConnectedAt = status == ConnectionStatus.Connected ? known?.ConnectedAt ?? Now : known?.ConnectedAt,
            RevokedAt = status == ConnectionStatus.Revoked ? known?.RevokedAt ?? Now : null,
            CheckedAt = Now,
            ExpiresAt = known?.ExpiresAt,
            AuthConfigId = account.AuthConfigId ?? known?.AuthConfigId,
            ProviderStatus = account.Status,
            StatusReason = reason,
        };
    }

    private async Task<string> AuthConfigOfAsync(string app, CancellationToken cancellationToken)
    {
        if (_options.Value.AuthConfigs.TryGetValue(app, out var configured))
        {
            return configured;
        }

        var configs = await _client.ListAuthConfigsAsync(app, cancellationToken);
        if (configs.Where(c => c.Enabled).OrderBy(c => c.Managed).ThenBy(c => c.Id, StringComparer.Ordinal).FirstOrDefault() is { } enabled)
        {
            return enabled.Id;
        }

        var toolkit = await _client.GetToolkitAsync(app, cancellationToken)
            ?? throw new WeftException(
                "unknown_app", Fault.NotFound, $"Composio has no app '{app}'. 'weft tools' lists the apps; check the name.");
        if (toolkit.NoAuth)
        {
            throw new WeftException(
                "invalid_connection", Fault.Invalid, $"'{app}' needs no connection: its actions work without an account.");
        }

        try
        {
            return (await _client.CreateManagedAuthConfigAsync(app, cancellationToken)).Id;
        }
        catch (ComposioException exception) when (exception.Kind is ComposioErrorKind.BadRequest or ComposioErrorKind.NotImplemented)
        {
            throw new WeftException(
                "auth_config_missing",
                Fault.Conflict,
                $"'{app}' has no auth config, and Composio offers no OAuth app of its own for it ({exception.Message.TrimEnd('.')}). "
                + $"Make one in Composio's dashboard with your own credentials, and name it in "
                + $"{ComposioOptions.Section}:{nameof(ComposioOptions.AuthConfigs)}:{app}.",
                exception);
        }
    }

    private static WeftException NotFound(string connectionId) =>
        new("connection_not_found", Fault.NotFound,
            $"There is no connection '{connectionId}'. It may have been deleted, or belong to another Composio project.");
}
