using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Weft.Agents.Json;
using Weft.Agents.Search;
using Weft.Language;
using Weft.Language.Loading;

namespace Weft.Agents.Tools;

/// <summary>Lists and finds what there is to call, whoever provides it.</summary>
public sealed class ToolDirectory(IEnumerable<IToolProvider> providers, IOptions<ToolOptions> options)
{
    private readonly IReadOnlyList<(IToolProvider Provider, IToolApps Apps)> _sources =
        [.. providers.Select(p => (p, p as IToolApps ?? new KnownApps(p)))];

    private IReadOnlyList<AppView> _listed = [];

    /// <summary>Gets the tools that are known now and still offered, by name.</summary>
    internal IReadOnlyList<ResolvedTool> Known =>
        [.. _sources.SelectMany(s => s.Provider.Known).Where(t => t is { OfToolkit: true, Deprecated: false }).OrderBy(
            t => t.Name, StringComparer.Ordinal)];

    /// <summary>The apps, by name.</summary>
    /// <param name="category">Only those of a category, by id or name; null: all.</param>
    /// <param name="connectedOnly">Only those that the entity has connected.</param>
    /// <param name="entityId">The entity; null: nobody is connected.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="WeftException">A provider cannot be asked, and no app is known.</exception>
    public async Task<IReadOnlyList<AppView>> ListAppsAsync(
        string? category, bool connectedOnly, string? entityId, CancellationToken cancellationToken)
    {
        var connections = entityId is null ? new Dictionary<string, bool>() : await ConnectionsAsync(entityId, cancellationToken);
        var known = Known.ToLookup(t => t.App, StringComparer.OrdinalIgnoreCase);
        var listed = await AskAllAsync((s, token) => s.Apps.ListAsync(token), cancellationToken);
        _listed = [.. listed.DistinctBy(a => a.Name, StringComparer.OrdinalIgnoreCase)];
        var apps = _listed.Select(a => a with
        {
            TotalActions = Math.Max(a.TotalActions, known[a.Name].Count()),
            AvailableActions = [.. known[a.Name].Select(t => t.Action)],
            IsConnected = connections.GetValueOrDefault(a.Name),
            EntityId = connections.GetValueOrDefault(a.Name) ? entityId : null,
        });
        return
        [
            .. apps.Where(a => (category is null || a.Categories.Any(c => string.Equals(c, category, StringComparison.OrdinalIgnoreCase)))
                    && (!connectedOnly || a.IsConnected))
                .OrderBy(a => a.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>The actions of an app, by name.</summary>
    /// <exception cref="WeftException">Code <c>unknown_app</c>; or the provider's.</exception>
    public async Task<IReadOnlyList<ActionView>> ListActionsAsync(string app, CancellationToken cancellationToken)
    {
        WeftException? first = null;
        foreach (var source in _sources.OrderBy(
            s => s.Provider.Known.Any(t => string.Equals(t.App, app, StringComparison.OrdinalIgnoreCase)) ? 0 : 1))
        {
            try
            {
                var tools = await source.Apps.ToolsOfAsync(app, cancellationToken);
                if (tools.Count > 0)
                {
                    return [.. tools.Select(View)];
                }
            }
            catch (WeftException exception)
            {
                first ??= exception;
            }
        }

        throw first ?? new WeftException(
            "unknown_app", Fault.NotFound, $"There is no app '{app}'.{NearMiss.Hint(app, Known.Select(t => t.App))}");
    }

    /// <summary>
    /// The actions that fit a description best, of all apps that are known here and, when those are few, of the providers' own searches.
    /// </summary>
    public async Task<IReadOnlyList<ActionView>> SearchAsync(string query, int limit, CancellationToken cancellationToken)
    {
        limit = Math.Clamp(limit, 1, 100);
        var known = Known;
        var index = TextIndex.Of(known.Select(TextOf));
        var found = index.Search(query, limit).Select(hit => known[hit.Text]).ToList();
        if (found.Count < limit)
        {
            try
            {
                var others = await AskAllAsync((s, token) => s.Apps.SearchAsync(query, limit, token), cancellationToken);
                found.AddRange(others.Where(t => found.All(f => f.Name != t.Name)));
            }
            catch (WeftException) when (found.Count > 0)
            {
                // What is known here is an answer, too.
            }
        }

        return [.. found.Take(limit).Select(View)];
    }

    /// <summary>Which apps an entity's calls can use: app → whether its account works.</summary>
    internal async Task<IReadOnlyDictionary<string, bool>> ConnectionsAsync(string entityId, CancellationToken cancellationToken)
    {
        var all = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
        foreach (var source in _sources)
        {
            foreach (var (app, works) in await source.Apps.ConnectionsAsync(entityId, cancellationToken))
            {
                all.TryAdd(app, works);
            }
        }

        return all;
    }

    /// <summary>What an action is found by: its name counts more than its description, so it stands there twice.</summary>
    internal static string TextOf(ResolvedTool tool)
    {
        var name = tool.Action.Replace('_', ' ');
        return $"{tool.App.Replace('_', ' ')} {name} {name} {tool.DisplayName} {tool.Description}";
    }

    /// <summary>What all providers answer. One that cannot be asked matters only when the others have nothing.</summary>
    private async Task<IReadOnlyList<T>> AskAllAsync<T>(
        Func<(IToolProvider Provider, IToolApps Apps), CancellationToken, Task<IReadOnlyList<T>>> ask, CancellationToken cancellationToken)
    {
        var all = new List<T>();
        WeftException? first = null;
        foreach (var source in _sources)
        {
            try
            {
                all.AddRange(await ask(source, cancellationToken));
            }
            catch (WeftException exception)
            {
                first ??= exception;
            }
        }

        return first is not null && all.Count == 0 ? throw first : all;
    }

    private ActionView View(ResolvedTool tool)
    {
        var scheme = _listed.FirstOrDefault(a => a.Name == tool.App)?.AuthSchemes is { Count: > 0 } schemes ? schemes[0]
            : tool.NeedsEntity ? "oauth2" : "no_auth";
        return new ActionView
        {
            AppName = tool.App,
            ActionName = tool.Action,
            DisplayName = tool.DisplayName ?? tool.Name,
            Description = tool.Description ?? "",
            Parameters = (JsonObject?)tool.Parameters["properties"]?.DeepClone() ?? [],
            RequiredParams = tool.Parameters.Texts("required"),
            ResponseSchema = (JsonObject?)tool.AnswerSchema?.DeepClone(),
            RateLimit = options.Value.CallsPerMinuteOf(tool.App),
            RequiresAuth = tool.NeedsEntity,
            AuthScheme = scheme.ToLowerInvariant(),
            ReadOnly = tool.ReadOnly,
            Idempotent = tool.Idempotent,
            Destructive = tool.Destructive,
            Deprecated = tool.Deprecated,
            Slug = tool.Slug,
            Version = tool.Version,
            ToolDescription = ToolDescription.Full(tool.DisplayName ?? tool.Name, tool.Description, tool.Parameters),
        };
    }
}
