using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Weft.Agents.Json;
using Weft.Agents.Search;
using Weft.Agents.Tools.Composio;
using Weft.Agents.Tools.Composio.Connections;
using Weft.Language;

namespace Weft.Agents.Tools;

/// <summary>Lists and finds what there is to call.</summary>
public sealed class ToolDirectory(
    ComposioClient client, ComposioCatalog catalog, ConnectionRecords connections, IOptions<ToolOptions> options, IOptions<ComposioOptions> composio, TimeProvider time)
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private (IReadOnlyList<ComposioToolkit> Toolkits, DateTimeOffset Until)? _toolkits;

    /// <summary>The apps, by name.</summary>
    /// <param name="category">Only those of a category, by id or name; null: all.</param>
    /// <param name="connectedOnly">Only those that the entity has connected.</param>
    /// <param name="entityId">The entity; null: nobody is connected.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="ComposioException">Composio cannot be asked, and no app is known.</exception>
    public async Task<IReadOnlyList<AppView>> ListAppsAsync(string? category, bool connectedOnly, string? entityId, CancellationToken cancellationToken)
    {
        var connected = entityId is null ? [] : (await connections.ListAsync(entityId, cancellationToken))
            .Where(c => c.Status == ConnectionStatus.Connected).Select(c => c.AppName).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var known = catalog.Known.Where(a => !a.Tool.Deprecated).ToLookup(a => a.App, StringComparer.OrdinalIgnoreCase);
        var apps = (await ToolkitsAsync(cancellationToken)).Select(t => new AppView
        {
            Name = t.Slug,
            DisplayName = t.Name,
            Description = t.Description,
            LogoUrl = t.LogoUrl,
            Category = t.Categories.Count > 0 ? t.Categories[0] : null,
            Categories = t.Categories,
            TotalActions = Math.Max(t.ToolsCount, known[t.Slug].Count()),
            AvailableActions = [.. known[t.Slug].Select(a => a.Action)],
            AuthSchemes = t.AuthSchemes,
            IsConnected = connected.Contains(t.Slug),
            EntityId = connected.Contains(t.Slug) ? entityId : null,
        });
        return
        [
            .. apps.Where(a => (category is null || a.Categories.Any(c => string.Equals(c, category, StringComparison.OrdinalIgnoreCase))) && (!connectedOnly || a.IsConnected))
                .OrderBy(a => a.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>The actions of an app, by name.</summary>
    /// <exception cref="WeftException">Code <c>unknown_app</c>; or Composio's.</exception>
    public async Task<IReadOnlyList<ActionView>> ListActionsAsync(string app, CancellationToken cancellationToken)
    {
        var actions = await catalog.GetAsync(app, cancellationToken);
        if (actions.Actions.Count == 0)
        {
            var names = _toolkits?.Toolkits.Select(t => t.Slug) ?? catalog.Known.Select(a => a.App);
            throw new WeftException("unknown_app", $"Composio has no app '{app}'.{NearMiss.Hint(app, names)}");
        }

        return [.. actions.Actions.Values.Select(View)];
    }

    /// <summary>The actions that fit a description best, of all apps that are known here and, when those are few, of Composio's own search.</summary>
    public async Task<IReadOnlyList<ActionView>> SearchAsync(string query, int limit, CancellationToken cancellationToken)
    {
        limit = Math.Clamp(limit, 1, 100);
        var known = catalog.Known.Where(a => !a.Tool.Deprecated).OrderBy(a => a.Name, StringComparer.Ordinal).ToList();
        var index = TextIndex.Of(known.Select(TextOf));
        var found = index.Search(query, limit).Select(hit => known[hit.Text]).ToList();
        if (found.Count < limit && client.Configured)
        {
            try
            {
                var others = await client.SearchToolsAsync(query, limit, cancellationToken);
                found.AddRange(others.Where(t => !t.Deprecated).Select(t => new CatalogAction(t)).Where(a => found.All(f => f.Tool.Slug != a.Tool.Slug)));
            }
            catch (ComposioException) when (found.Count > 0)
            {
                // What is known here is an answer, too.
            }
        }

        return [.. found.Take(limit).Select(View)];
    }

    /// <summary>What an action is found by: its name counts more than its description, so it stands there twice.</summary>
    internal static string TextOf(CatalogAction action)
    {
        var name = action.Action.Replace('_', ' ');
        return $"{action.App.Replace('_', ' ')} {name} {name} {action.DisplayName} {action.Tool.Description}";
    }

    private async Task<IReadOnlyList<ComposioToolkit>> ToolkitsAsync(CancellationToken cancellationToken)
    {
        if (_toolkits is { } kept && time.GetUtcNow() < kept.Until)
        {
            return kept.Toolkits;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_toolkits is { } meanwhile && time.GetUtcNow() < meanwhile.Until)
            {
                return meanwhile.Toolkits;
            }

            var toolkits = new List<ComposioToolkit>();
            await foreach (var toolkit in client.ListToolkitsAsync(null, null, cancellationToken))
            {
                toolkits.Add(toolkit);
            }

            _toolkits = (toolkits, time.GetUtcNow() + composio.Value.CatalogTtl);
            return toolkits;
        }
        catch (ComposioException) when (_toolkits is not null || catalog.Known.Count > 0)
        {
            return _toolkits?.Toolkits ?? [.. catalog.Known.Select(a => a.App).Distinct(StringComparer.Ordinal).Select(a => new ComposioToolkit(a, a))];
        }
        finally
        {
            _gate.Release();
        }
    }

    private ActionView View(CatalogAction action) => new()
    {
        AppName = action.App,
        ActionName = action.Action,
        DisplayName = action.DisplayName,
        Description = action.Tool.Description ?? "",
        Parameters = (JsonObject?)action.Parameters["properties"]?.DeepClone() ?? [],
        RequiredParams = action.Parameters.Texts("required"),
        ResponseSchema = (JsonObject?)action.Tool.Output?.DeepClone(),
        RateLimit = options.Value.CallsPerMinuteOf(action.App),
        RequiresAuth = action.RequiresAuth,
        AuthScheme = (_toolkits?.Toolkits.FirstOrDefault(t => t.Slug == action.App)?.AuthSchemes is { Count: > 0 } schemes ? schemes[0] : action.RequiresAuth ? "oauth2" : "no_auth").ToLowerInvariant(),
        ReadOnly = action.ReadOnly,
        Idempotent = action.Idempotent,
        Destructive = action.Destructive,
        Deprecated = action.Tool.Deprecated,
        Slug = action.Tool.Slug,
        Version = action.Tool.Version,
        ToolDescription = action.FullDescription,
    };
}
