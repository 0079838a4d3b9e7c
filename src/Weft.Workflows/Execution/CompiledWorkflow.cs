using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Language.Expressions;
using Weft.Language.Expressions.Values;

namespace Weft.Workflows.Execution;

/// <summary>A definition made ready to run, and shared by all that run it.</summary>
/// <remarks>A pure function of the definition's text, so that a replay sees the same; it holds no state of any execution.</remarks>
internal sealed class CompiledWorkflow
{
    private readonly ConcurrentDictionary<string, Template> _templates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ConditionDefinition, CompiledCondition> _conditions = new();
    private readonly Dictionary<string, AgentDefinition> _agents;
    private readonly Dictionary<string, ToolDefinition> _tools;
    private readonly ConcurrentDictionary<string, bool> _asked = new(StringComparer.Ordinal);
    private readonly Lazy<DefinitionExpressions> _expressions;

    /// <summary>Compiles a definition.</summary>
    /// <param name="text">The definition as canonical JSON, packed or not.</param>
    /// <exception cref="WeftException">It is no definition, or its graph cannot run.</exception>
    public CompiledWorkflow(string text)
    {
        var json = PackedDefinition.Unpack(text);
        Definition = WorkflowDefinitionJson.Deserialize(json);
        Graph = Definition.Body is GraphBody graph ? GraphPlan.Of(graph) : null;
        Nodes = Definition.Body is GraphBody body ? body.Nodes.ToDictionary(x => x.Id, StringComparer.Ordinal) : [];
        _agents = Definition.Agents.GroupBy(x => x.Id, StringComparer.Ordinal).ToDictionary(
            x => x.Key, x => x.First(), StringComparer.Ordinal);
        _expressions = new(() => new DefinitionExpressions(Parsed(json), Template, Condition));
        _tools = Definition.Tools.GroupBy(x => x.Id, StringComparer.Ordinal).ToDictionary(
            x => x.Key, x => x.First(), StringComparer.Ordinal);
    }

    public WorkflowDefinition Definition { get; }

    /// <summary>Gets the graph, when the body is one.</summary>
    public GraphPlan? Graph { get; }

    public IReadOnlyDictionary<string, GraphNode> Nodes { get; }

    public AgentDefinition? Agent(string id) => _agents.GetValueOrDefault(id);

    public ToolDefinition? Tool(string id) => _tools.GetValueOrDefault(id);

    public IEnumerable<string> AgentNames => _agents.Keys;

    /// <summary>The compiled form of a text; each text is compiled once.</summary>
    /// <exception cref="TemplateException">It can't be read.</exception>
    public Template Template(string text) => _templates.GetOrAdd(text, Language.Expressions.Template.Parse);

    /// <inheritdoc cref="Template"/>
    public CompiledCondition Condition(ConditionDefinition condition) =>
        _conditions.GetOrAdd(condition, static x => CompiledCondition.Parse(x.Type, x.Expression));

    /// <summary>Whether any template or condition of the definition may ask for <c>child.output</c> below a group.</summary>
    public bool AsksForOutputOf(string child) => _asked.GetOrAdd(child, _expressions.Value.ReadOutputOf);

    private static JsonNode? Parsed(string json) => JsonNode.Parse(json, documentOptions: new() { MaxDepth = WeftJson.Options.MaxDepth });
}
