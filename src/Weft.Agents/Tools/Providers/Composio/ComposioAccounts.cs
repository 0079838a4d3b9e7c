using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Weft.Agents.Tools.Providers.Composio;

/// <summary>Finds the account that an entity's calls to an app use, so that each call names it and Composio need not choose.</summary>
/// <remarks>
/// An account counts only when it is ACTIVE, not disabled, and its auth config is not disabled; of several the one changed last is used.
/// </remarks>
internal sealed class ComposioAccounts(
    ComposioClient client, IOptions<ComposioOptions> options, TimeProvider time, ILogger<ComposioAccounts> logger)
{
    private readonly ConcurrentDictionary<(string Entity, string App), (string AccountId, DateTimeOffset Until)> _found = new();

    /// <summary>The account's id.</summary>
    /// <exception cref="ComposioException">There is none (<see cref="ComposioErrorKind.NotConnected"/>), or Composio cannot be
    /// asked.</exception>
    public async Task<string> FindAsync(string entityId, string app, CancellationToken cancellationToken)
    {
        if (_found.TryGetValue((entityId, app), out var known) && time.GetUtcNow() < known.Until)
        {
            return known.AccountId;
        }

        var accounts = await client.ListAccountsAsync(entityId, app, cancellationToken);
        var account = accounts.Where(a => a.Usable).OrderByDescending(a => a.UpdatedAt ?? a.CreatedAt ?? DateTime.MinValue)
            .ThenBy(a => a.Id, StringComparer.Ordinal).FirstOrDefault();
        if (account is not null)
        {
            _found[(entityId, app)] = (account.Id, time.GetUtcNow() + options.Value.AccountTtl);
            return account.Id;
        }

        var status = accounts.Count == 0 ? "none" : string.Join(", ", accounts.Select(Describe).Distinct());
        logger.AccountUnusable(entityId, app, status);
        throw new ComposioException(
            ComposioErrorKind.NotConnected,
            $"Entity '{entityId}' has no usable account at '{app}' in this Composio project (found: {status}). "
            + $"Connect it with POST /api/v1/composio/connect/{app}?entity_id={Uri.EscapeDataString(entityId)}, or check the entity id "
            + $"and the project of COMPOSIO_API_KEY.");
    }

    /// <summary>Forgets what was found, for a call has shown that it no longer holds.</summary>
    public void Forget(string entityId, string app) => _found.TryRemove((entityId, app), out _);

    /// <summary>Forgets an account wherever it was found.</summary>
    public void Forget(string accountId)
    {
        foreach (var (key, value) in _found)
        {
            if (value.AccountId == accountId)
            {
                _found.TryRemove(key, out _);
            }
        }
    }

    private static string Describe(ComposioAccount account) =>
        account.Disabled ? "disabled"
            : account.AuthConfigDisabled ? "auth config disabled" : account.Status + (account.StatusReason is { } why ? $": {why}" : "");
}
