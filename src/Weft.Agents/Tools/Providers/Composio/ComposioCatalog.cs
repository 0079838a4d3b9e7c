using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weft.Agents.Storage;

namespace Weft.Agents.Tools.Providers.Composio;

/// <summary>What Composio offers: apps and their actions, cached in memory and in the record store.</summary>
/// <remarks>
/// An app is fetched when it is first needed, once however many ask. A list past its time (<see cref="ComposioOptions.CatalogTtl"/>)
/// is confirmed or fetched again; when Composio cannot be reached it is used as it is, marked stale, with a warning in the log.
/// </remarks>
internal sealed class ComposioCatalog(
    ComposioClient client, IRecordStore store, IOptions<ComposioOptions> options, TimeProvider time, ILogger<ComposioCatalog> logger)
{
    /// <summary>How long a failed look-up, or an app without actions, is not looked up again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CatalogRows _rows = new(store);
    private readonly ConcurrentDictionary<string, Entry> _apps = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.Ordinal);

    /// <summary>Gets the actions that are known now, of every app that was needed so far.</summary>
    public IReadOnlyList<CatalogAction> Known =>
        [.. _apps.Values.Select(e => e.Actions).OfType<AppActions>().SelectMany(a => a.Actions.Values)];

    /// <summary>The actions of an app; empty when Composio has no such app.</summary>
    /// <exception cref="ComposioException">Composio cannot be asked, and nothing is stored.</exception>
    public async Task<AppActions> GetAsync(string app, CancellationToken cancellationToken)
    {
        app = ToolName.Plain(app);
        if (Usable(app) is { } ready)
        {
            return ready;
        }

        var gate = _gates.GetOrAdd(app, _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellationToken);
        try
        {
            return Usable(app) ?? await LoadAsync(app, cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Finds an action by the name users write, in any case, or by an older name of it.</summary>
    /// <returns>The action; null when the app has none of that name. The app's actions are for a hint.</returns>
    public async Task<(CatalogAction? Action, AppActions Of)> FindAsync(string app, string action, CancellationToken cancellationToken)
    {
        var actions = await GetAsync(app, cancellationToken);
        var found = Find(actions, app, action);
        if (found is null && actions.Actions.Count > 0 && Age(actions) > TimeSpan.FromMinutes(5) && !actions.Stale)
        {
            // It may be newer than our list; asked once for each missing name and five minutes.
            actions = await RefreshAsync(app, cancellationToken);
            found = Find(actions, app, action);
        }

        return (found, actions);
    }

    /// <summary>Fetches an app's actions again; what is stored stays when Composio cannot be reached.</summary>
    public async Task<AppActions> RefreshAsync(string app, CancellationToken cancellationToken)
    {
        app = ToolName.Plain(app);
        var gate = _gates.GetOrAdd(app, _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellationToken);
        try
        {
            return await FetchAsync(app, _apps.GetValueOrDefault(app)?.Actions, cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The slug's action within a list, by rule or alias.</summary>
    private CatalogAction? Find(AppActions actions, string app, string action)
    {
        var bySlug = ComposioNames.Candidates(ToolName.Plain(app), ToolName.Plain(action), options.Value.Aliases);
        var found =
            bySlug.Select(slug => actions.Actions.Values.FirstOrDefault(a => a.Tool.Slug == slug)).Where(a => a is not null).ToList();
        return found.FirstOrDefault(a => !a!.Tool.Deprecated) ?? found.FirstOrDefault()
            ?? actions.Actions.GetValueOrDefault(ToolName.Plain(action));
    }

    private AppActions? Usable(string app)
    {
        if (!_apps.TryGetValue(app, out var entry) || time.GetUtcNow().UtcDateTime >= entry.CheckAt)
        {
            return null;
        }

        return entry.Failure is { } failure ? throw failure : entry.Actions;
    }

    private async Task<AppActions> LoadAsync(string app, CancellationToken cancellationToken)
    {
        var known = _apps.GetValueOrDefault(app)?.Actions ?? await _rows.ReadAsync(app, cancellationToken);
        return known is not null && Age(known) < options.Value.CatalogTtl
            ? Keep(app, known, known.FetchedAt + options.Value.CatalogTtl)
            : await FetchAsync(app, known, cancellationToken);
    }

    private async Task<AppActions> FetchAsync(string app, AppActions? known, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        try
        {
            var list = await client.ListToolsAsync(app, known?.ETag, cancellationToken);
            if (list.NotModified && known is not null)
            {
                var confirmed = known with { FetchedAt = now, Stale = false };
                await _rows.TouchAsync(confirmed, cancellationToken);
                return Keep(app, confirmed, now + options.Value.CatalogTtl);
            }

            var actions = AppActions.Of(app, list.Tools, now, list.ETag);
            if (actions.Actions.Count == 0)
            {
                return Keep(app, actions, now + Patience);
            }

            await _rows.WriteAsync(actions, cancellationToken);
            logger.CatalogFetched(app, actions.Actions.Count);
            return Keep(app, actions, now + options.Value.CatalogTtl);
        }
        catch (ComposioException exception) when (known is not null)
        {
            logger.CatalogStale(app, known.Actions.Count, Age(known), exception.Message);
            return Keep(app, known with { Stale = true }, now + Patience);
        }
        catch (ComposioException exception)
        {
            _apps[app] =
                new Entry(null, now + (exception.Kind == ComposioErrorKind.NotConfigured ? TimeSpan.FromSeconds(1) : Patience), exception);
            throw;
        }
    }

    private AppActions Keep(string app, AppActions actions, DateTime checkAt)
    {
        _apps[app] = new Entry(actions, checkAt, null);
        return actions;
    }

    private TimeSpan Age(AppActions actions) => time.GetUtcNow().UtcDateTime - actions.FetchedAt;

    private sealed record Entry(AppActions? Actions, DateTime CheckAt, ComposioException? Failure);
}
