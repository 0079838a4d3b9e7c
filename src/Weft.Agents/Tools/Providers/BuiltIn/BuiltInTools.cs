using Weft.Language.Definitions;

namespace Weft.Agents.Tools.Providers.BuiltIn;

/// <summary>The tools that the product brings along.</summary>
internal sealed class BuiltInTools(IEnumerable<IBuiltInTool> tools) : IToolProvider
{
    private readonly Dictionary<string, ResolvedTool> _tools = tools.ToDictionary(t => t.Name, Resolve, StringComparer.OrdinalIgnoreCase);

    public string Name => "weft";

    public IReadOnlyCollection<ResolvedTool> Known => _tools.Values;

    public Task<ToolFinding> FindAsync(string name, WorkflowDefinition? definition, CancellationToken cancellationToken) =>
        Task.FromResult<ToolFinding>(_tools.GetValueOrDefault(name) is { } tool ? new ToolFinding.Found(tool) : new ToolFinding.Missing());

    /// <summary>They are named one by one: <c>weft.*</c> means none.</summary>
    public Task<ToolExpansion> ExpandAsync(string app, WorkflowDefinition? definition, CancellationToken cancellationToken) =>
        Task.FromResult(new ToolExpansion([], []));

    private static ResolvedTool Resolve(IBuiltInTool tool) => new()
    {
        Name = tool.Name,
        App = "weft",
        Action = tool.Name,
        Runner = tool,
        Parameters = ToolSchema.Normalise(tool.Schema),
        Description = tool.Description,
        ReadOnly = true,
        Idempotent = true,
    };
}
