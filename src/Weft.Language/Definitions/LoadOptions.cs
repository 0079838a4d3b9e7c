namespace Weft.Language.Definitions;

/// <summary>What a definition is checked against besides itself.</summary>
public sealed record LoadOptions
{
    /// <summary>Nothing is known but the file.</summary>
    public static LoadOptions Default { get; } = new();

    /// <summary>
    /// Gets the names of the registered agents; null: not known, so agents that the file does not define are not checked.
    /// </summary>
    public IReadOnlyCollection<string>? KnownAgents { get; init; }

    /// <summary>
    /// Gets the built-in agents that work in the name of unregistered ones: <c>simple</c> for whatever is called <c>simple_…</c> or
    /// <c>simple-…</c>.
    /// </summary>
    public IReadOnlyCollection<string> StandInAgents { get; init; } = [];

    /// <summary>Gets the names of the catalog's models; null: not known, so not checked.</summary>
    public IReadOnlyCollection<string>? KnownModels { get; init; }

    /// <summary>Gets the names of the providers of which any model may be named, as <c>provider/model</c>.</summary>
    public IReadOnlyCollection<string> KnownProviders { get; init; } = [];

    /// <summary>
    /// Gets the ids of the registered workflows; null: not known, so not checked. One that is not among them is a warning: it may be
    /// registered later.
    /// </summary>
    public IReadOnlyCollection<string>? KnownWorkflows { get; init; }

    /// <summary>Gets the types of a file's own tools that can be called. The default is those of the product.</summary>
    public IReadOnlyCollection<string> ToolTypes { get; init; } = ["http", "composio"];

    /// <summary>
    /// Gets a value indicating whether agents and models that are not known are warnings too: a registry's may be put later.
    /// </summary>
    public bool NamesMayComeLater { get; init; }

    /// <summary>Gets top-level keys that load with a warning that they have no effect.</summary>
    /// <remarks>The default names the keys of documents that are embedded at load: knowledge is put in through the API instead.</remarks>
    public IReadOnlyCollection<string> UnsupportedSections { get; init; } = ["knowledge", "knowledge_bases", "embedders", "vector_dbs"];

    /// <summary>Gets the id of a definition that names none; null: the name of its file, without extension.</summary>
    public string? DefaultId { get; init; }

    /// <summary>Gets the project that the file belongs to; null: it stands alone.</summary>
    public ProjectDefinition? Project { get; init; }
}
