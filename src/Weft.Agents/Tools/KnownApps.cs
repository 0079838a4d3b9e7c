namespace Weft.Agents.Tools;

/// <summary>The apps of a provider that lists none: those of the tools that it knows.</summary>
internal sealed class KnownApps(IToolProvider provider) : IToolApps
{
    public Task<IReadOnlyList<AppView>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<AppView>>(
        [.. Tools.Select(t => t.App).Distinct(StringComparer.OrdinalIgnoreCase).Select(a => new AppView { Name = a, DisplayName = a })]);

    public Task<IReadOnlyList<ResolvedTool>> ToolsOfAsync(string app, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ResolvedTool>>(
        [.. Tools.Where(t => string.Equals(t.App, app, StringComparison.OrdinalIgnoreCase)).OrderBy(
            t => t.Action, StringComparer.Ordinal)]);

    public Task<IReadOnlyList<ResolvedTool>> SearchAsync(string query, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ResolvedTool>>([]);

    public Task<IReadOnlyDictionary<string, bool>> ConnectionsAsync(string entityId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, bool>>(new Dictionary<string, bool>());

    private IEnumerable<ResolvedTool> Tools => provider.Known.Where(t => t.OfToolkit);
}
