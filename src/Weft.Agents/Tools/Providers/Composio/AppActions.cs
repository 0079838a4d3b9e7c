namespace Weft.Agents.Tools.Providers.Composio;

/// <summary>The actions of one app.</summary>
/// <param name="App">The toolkit's slug.</param>
/// <param name="Actions">By name within the app.</param>
/// <param name="FetchedAt">When Composio last confirmed the list, UTC.</param>
/// <param name="ETag">The list's tag.</param>
internal sealed record AppActions(string App, IReadOnlyDictionary<string, CatalogAction> Actions, DateTime FetchedAt, string? ETag)
{
    /// <summary>Gets a value indicating whether the list is older than it should be because Composio cannot be reached.</summary>
    public bool Stale { get; init; }

    /// <summary>Makes the list of an app's tools; of two with one name the one that is not deprecated counts.</summary>
    internal static AppActions Of(string app, IEnumerable<ComposioTool> tools, DateTime fetchedAt, string? etag)
    {
        var actions = new SortedDictionary<string, CatalogAction>(StringComparer.Ordinal);
        foreach (var action in tools.Select(tool => new CatalogAction(tool)))
        {
            if (!actions.TryGetValue(action.Action, out var known) || known.Tool.Deprecated)
            {
                actions[action.Action] = action;
            }
        }

        return new AppActions(app, actions, fetchedAt, etag);
    }
}
