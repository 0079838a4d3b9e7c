using Weft.Language.Definitions;

namespace Weft.Agents.Tools;

/// <summary>A source of tools: finds the tool that a name means, and says which there are.</summary>
/// <remarks>
/// Add one with <c>services.AddSingleton&lt;IToolProvider, …&gt;()</c>. Its tools are then called as any other is: with the same limits,
/// secrets, records and repeats. A name is put first to providers that know it (<see cref="Known"/>), then to the others, in the order in
/// which they were added; a tool of a workflow file is put to the provider whose <see cref="Name"/> is the tool's <c>type</c>. Members are
/// called at the same time from many threads.
/// </remarks>
public interface IToolProvider
{
    /// <summary>Gets the provider's name, in lower case: the <c>type</c> of the tools of files that are its own.</summary>
    string Name { get; }

    /// <summary>
    /// Gets the tools that are known without asking anybody, but for those of files: what the directory, searches and the choice of tools
    /// see.
    /// </summary>
    IReadOnlyCollection<ResolvedTool> Known { get; }

    /// <summary>Finds the tool that a name means.</summary>
    /// <param name="name">The name: <c>app.action</c>, the id of a tool of the file, or that id with a word after a dot.</param>
    /// <param name="definition">The definition whose step asks; null: none does.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <returns>The tool, or why there is none. What cannot be reached is a failure, never an exception.</returns>
    Task<ToolFinding> FindAsync(string name, WorkflowDefinition? definition, CancellationToken cancellationToken);

    /// <summary>The tools that <c>app.*</c> means.</summary>
    /// <param name="app">The app.</param>
    /// <param name="definition">The definition that says so; null: none.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <returns>The tools, and what is to be said of them; no tools: the app is not this provider's, or cannot be reached.</returns>
    Task<ToolExpansion> ExpandAsync(string app, WorkflowDefinition? definition, CancellationToken cancellationToken) => Task.FromResult(
        new ToolExpansion([.. Known.Where(t => !t.Deprecated && string.Equals(t.App, app, StringComparison.OrdinalIgnoreCase))], []));

    /// <summary>Says what has to be set before the provider can be asked.</summary>
    /// <param name="definition">Whose tools are meant; null: any.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <returns>
    /// The rest of a sentence that begins with the workflow's name, such as <c>uses … Set KEY</c>; null: nothing is amiss.
    /// </returns>
    Task<string?> LacksAsync(WorkflowDefinition? definition, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>Fetches ahead what specs need, so that no run waits for it; nothing when it need not be fetched.</summary>
    /// <param name="specs">Names of tools and <c>app.*</c>, as written; those of other providers are among them.</param>
    /// <param name="definition">The definition that they stand in; null: none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>
    /// What is amiss with what the definition says of the provider, in sentences; not with the specs, which are looked up afterwards.
    /// </returns>
    Task<IReadOnlyList<string>> DiscoverAsync(
        IReadOnlyCollection<string> specs, WorkflowDefinition? definition, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>
    /// Gets the longest time that the host's start waits for what is fetched ahead, unless the provider lacks something; the rest goes on
    /// in the background.
    /// </summary>
    /// <value>The default is zero: the start does not wait.</value>
    TimeSpan StartTimeout => TimeSpan.Zero;
}
