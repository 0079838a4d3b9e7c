using Weft.Agents.Tools.Providers.Composio.Connections;
using Weft.Language;

namespace Weft.Agents.Tools.Providers.Composio;

/// <summary>Composio's apps and their actions, and the accounts that entities have there.</summary>
internal sealed partial class ComposioTools : IToolApps
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private (IReadOnlyList<AppView> Apps, DateTimeOffset Until)? _apps;

    public async Task<IReadOnlyList<AppView>> ListAsync(CancellationToken cancellationToken)
    {
        if (_apps is { } kept && time.GetUtcNow() < kept.Until)
        {
            return kept.Apps;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_apps is { } meanwhile && time.GetUtcNow() < meanwhile.Until)
            {
                return meanwhile.Apps;
            }

            var apps = new List<AppView>();
            await foreach (var toolkit in client.ListToolkitsAsync(null, null, cancellationToken))
            {
                apps.Add(View(toolkit));
            }

            _apps = (apps, time.GetUtcNow() + options.Value.CatalogTtl);
            return apps;
        }
        catch (ComposioException) when (_apps is not null || catalog.Known.Count > 0)
        {
            return _apps?.Apps
                ?? [.. catalog.Known.Select(a => a.App).Distinct(StringComparer.Ordinal).Select(a => View(new ComposioToolkit(a, a)))];
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task<IReadOnlyList<ResolvedTool>> ToolsOfAsync(string app, CancellationToken cancellationToken)
    {
        var actions = await catalog.GetAsync(app, cancellationToken);
        if (actions.Actions.Count > 0)
        {
            return [.. actions.Actions.Values.Select(Of)];
        }

        var names = _apps?.Apps.Select(a => a.Name) ?? catalog.Known.Select(a => a.App);
        throw new WeftException("unknown_app", Fault.NotFound, $"Composio has no app '{app}'.{NearMiss.Hint(app, names)}");
    }

    public async Task<IReadOnlyList<ResolvedTool>> SearchAsync(string query, int limit, CancellationToken cancellationToken) =>
        await client.IsConfiguredAsync(cancellationToken)
        ? [.. (await client.SearchToolsAsync(query, limit, cancellationToken)).Where(t => !t.Deprecated).Select(
            t => Of(new CatalogAction(t)))]
        : [];

    public async Task<IReadOnlyDictionary<string, bool>> ConnectionsAsync(string entityId, CancellationToken cancellationToken) =>
        (await connections.ListAsync(entityId, cancellationToken)).Where(c => c.Status != ConnectionStatus.Pending)
            .DistinctBy(c => c.AppName, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(c => c.AppName, c => c.Status == ConnectionStatus.Connected, StringComparer.OrdinalIgnoreCase);

    private static AppView View(ComposioToolkit toolkit) => new()
    {
        Name = toolkit.Slug,
        DisplayName = toolkit.Name,
        Description = toolkit.Description,
        LogoUrl = toolkit.LogoUrl,
        Category = toolkit.Categories.Count > 0 ? toolkit.Categories[0] : null,
        Categories = toolkit.Categories,
        TotalActions = toolkit.ToolsCount,
        AuthSchemes = toolkit.AuthSchemes,
    };
}
