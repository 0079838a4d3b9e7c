using System.Globalization;
using System.Text.Json.Nodes;
using Weft.Sandbox.Json;
using Weft.Sandbox.Sample;

namespace Weft.Sandbox.Script;

/// <summary>The answer to one who asks for a plan: a list of steps, each with a tool and its arguments.</summary>
internal sealed class PlanForm(SchemaDocument document, Conversation talk, TaskProgress progress)
{
    private static readonly string[] ToolKeys = ["tool", "tool_name", "action", "function"];
    private static readonly string[] ArgumentKeys = ["arguments", "args", "parameters", "input", "action_input"];

    /// <summary>The plan, or null when the schema asks for none.</summary>
    public JsonNode? Write()
    {
        var sampler = new SchemaSampler(document, talk.Values);
        foreach (var (name, value) in document.Resolve(document.Root).Obj("properties") ?? [])
        {
            var item = document.Resolve(document.Resolve(value as JsonObject ?? []).Obj("items") ?? []);
            var fields = item.Obj("properties") ?? [];
            if (Array.Find(ToolKeys, fields.ContainsKey) is { } toolKey && Array.Find(ArgumentKeys, fields.ContainsKey) is { } argumentKey
                && sampler.Sample() is JsonObject plan)
            {
                plan[name] = Steps(sampler, item, toolKey, argumentKey);
                return plan;
            }
        }

        return null;
    }

    private JsonArray Steps(SchemaSampler sampler, JsonObject item, string toolKey, string argumentKey)
    {
        var open = progress.Open.ToList();
        var steps = new JsonArray();
        for (var i = 0; i < open.Count; i++)
        {
            var call = progress.CallOf(open[i], name => Reference(open[..i], name));
            var step = sampler.Value(item, string.Empty, depth: 1, index: 0) as JsonObject ?? [];
            step[toolKey] = call.Name;
            step[argumentKey] = IsText(item, argumentKey) ? call.ArgumentsText : call.Arguments;
            Put(step, "id", Id(i));
            Put(step, "depends_on", i == 0 ? new JsonArray() : new JsonArray(Id(i - 1)));
            Put(step, "description", $"{call.Name} ({i + 1} of {open.Count})");
            steps.Add(step);
        }

        return steps;
    }

    private bool IsText(JsonObject item, string property) =>
        SchemaDocument.TypesOf(document.Resolve(item.Obj("properties").Obj(property) ?? [])) is ["string"];

    private static void Put(JsonObject step, string name, JsonNode value)
    {
        if (step.ContainsKey(name))
        {
            step[name] = value;
        }
    }

    /// <summary>What stands for a value that an earlier step gives: Weft's notation for the outputs of steps.</summary>
    private static string? Reference(List<ScriptStep> steps, string name)
    {
        var source = steps.FindLastIndex(step => step.Gives.ContainsKey(name));
        return source < 0 ? null : $"{{{{steps.{Id(source)}.output.{steps[source].Gives[name]}}}}}";
    }

    private static string Id(int i) => "s" + (i + 1).ToString(CultureInfo.InvariantCulture);
}
