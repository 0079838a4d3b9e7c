using System.Text.Json.Nodes;
using Weft.Language.Expressions.Values;
using Weft.Language;
using Weft.Workflows.Contracts;

namespace Weft.Workflows.Execution;

/// <summary>
/// The names that the templates of an execution see. From the lowest: the fields of direct predecessors, the input's fields,
/// the context's fields, each result by its node's id, the roots (<c>input</c>, <c>context</c>, <c>nodes</c>, <c>outputs</c>,
/// <c>tasks</c>, <c>steps</c>, <c>workflow</c>), and what the place itself knows (<c>with</c>, <c>output</c>, <c>item</c> and the like).
/// </summary>
internal sealed class RunScope
{
    private readonly ExpressionScope _names;
    private readonly ExpressionScope _roots;
    private readonly JsonObject _results = [];
    private readonly Dictionary<string, JsonNode?> _outputs = new(StringComparer.Ordinal);
    private readonly JsonObject _workflow;
    private readonly JsonArray _completed = [];
    private readonly Func<JsonObject> _figures;

    /// <param name="input">The caller's input.</param>
    /// <param name="context">The caller's context.</param>
    /// <param name="workflow">What <c>workflow</c> says that never changes.</param>
    /// <param name="figures">What <c>workflow</c> says that does: made when it is read.</param>
    /// <param name="services">Clock, ids and schemas.</param>
    public RunScope(JsonObject input, JsonObject context, JsonObject workflow, Func<JsonObject> figures, ExpressionServices services)
    {
        _workflow = workflow;
        _workflow["completed_tasks"] = _completed;
        _figures = figures;
        _names = new ExpressionScope(services).SetAll(input).SetAll(context);
        _roots = _names.Layer()
            .Set("input", input)
            .Set("context", context)
            .Set("nodes", _results)
            .Set("outputs", _results)
            .Set("tasks", _results)
            .Set("steps", _results);
    }

    /// <summary>Gets each ended node's <c>{output, status, …}</c>, by id.</summary>
    public JsonObject Results => _results;

    /// <summary>A scope for one place.</summary>
    /// <param name="predecessors">The nodes whose fields are visible by bare name.</param>
    /// <param name="locals">What the place itself knows.</param>
    public ExpressionScope Frame(IEnumerable<string> predecessors, JsonObject? locals = null)
    {
        var frame = _roots.Layer().SetLazy("workflow", Workflow);
        foreach (var id in predecessors)
        {
            foreach (var (name, value) in OutputOf(id) as JsonObject ?? [])
            {
                if (name != "env" && !_roots.TryGet(name, out _))
                {
                    frame.Set(name, value);
                }
            }
        }

        return locals is null ? frame : frame.SetAll(locals);
    }

    /// <summary>The output of an ended node; null when it has none.</summary>
    public JsonNode? OutputOf(string id) => _results[id] is JsonObject result ? result["output"] : null;

    /// <summary>Notes a result, so that later places see it.</summary>
    /// <param name="id">The node's id.</param>
    /// <param name="output">Its output; copied.</param>
    /// <param name="status">Its status.</param>
    /// <param name="facts">What else is known of it, such as its input or its error.</param>
    /// <param name="shown">The output as templates see it, where that differs.</param>
    public void Ended(string id, JsonNode? output, NodeStatus status, JsonObject? facts = null, JsonNode? shown = null)
    {
        var result = new JsonObject { ["id"] = id, ["output"] = (shown ?? output)?.DeepClone(), ["status"] = status.Word() };
        _outputs[id] = shown is null ? null : output;
        _results[id] = result.Lay(facts);
        SetName(id, result);
        if (status == NodeStatus.Completed)
        {
            _completed.Add(id);
        }
    }

    /// <summary>The outputs of all that has one, and of all that completed: id → <c>{output: …}</c>.</summary>
    public JsonObject ToOutputs()
    {
        var outputs = new JsonObject();
        foreach (var (id, node) in _results)
        {
            if (node is JsonObject result && (result["output"] is not null || result["status"]?.ToString() == "completed"))
            {
                outputs[id] = new JsonObject { ["output"] = (_outputs.GetValueOrDefault(id) ?? result["output"])?.DeepClone() };
            }
        }

        return outputs;
    }

    /// <summary>Notes that a node will not run: its name is known, and null.</summary>
    public void Skipped(string id) => SetName(id, null);

    private void SetName(string id, JsonNode? value)
    {
        if (id != "env")
        {
            _names.Set(id, value);
        }
    }

    private JsonObject Workflow() => _workflow.Lay(_figures());
}
