using Weft.Language;

namespace Weft.Agents.Tools;

/// <summary>The apps of a provider, for whoever looks for a tool.</summary>
/// <remarks>
/// A provider may implement it beside <see cref="IToolProvider"/>; of any other the apps are those of the tools that it knows.
/// </remarks>
public interface IToolApps
{
    /// <summary>The apps, connections left out.</summary>
    /// <exception cref="WeftException">Nobody can be asked, and no app is known.</exception>
    Task<IReadOnlyList<AppView>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The tools of an app, by action, those included that are no longer offered; empty when there is no such app.</summary>
    /// <exception cref="WeftException">Nobody can be asked, and nothing is known of the app.</exception>
    Task<IReadOnlyList<ResolvedTool>> ToolsOfAsync(string app, CancellationToken cancellationToken);

    /// <summary>Tools that a description may mean, best first, beyond those that are known.</summary>
    /// <param name="query">The description.</param>
    /// <param name="limit">The most, from 1.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="WeftException">Nobody can be asked.</exception>
    Task<IReadOnlyList<ResolvedTool>> SearchAsync(string query, int limit, CancellationToken cancellationToken);

    /// <summary>Which apps an entity's calls can use.</summary>
    /// <returns>App → whether its account works. An app without an account is not there.</returns>
    Task<IReadOnlyDictionary<string, bool>> ConnectionsAsync(string entityId, CancellationToken cancellationToken);
}
