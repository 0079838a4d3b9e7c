using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Weft.Sandbox.Composio;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Brain;

/// <summary>A plan as JSON: an array of steps, each with a tool and its arguments, in the order of the goal.</summary>
internal sealed partial class PlanProtocol(SchemaDocument document, Facts facts, ToolCatalog catalog, ToolTask task)
{
    private static readonly string[] StepLists = ["steps", "plan", "actions", "tool_calls", "tasks"];
    private static readonly string[] ToolKeys = ["tool", "action", "tool_name", "tool_slug", "function"];
    private static readonly string[] ArgumentKeys = ["arguments", "args", "parameters", "params", "input", "inputs", "action_input", "arguments_json"];

    public static bool Fits(SchemaDocument document) => StepsIn(document, document.Resolve(document.Root), depth: 0) is not null;

    public JsonNode? Write()
    {
        var (name, item) = StepsIn(document, document.Resolve(document.Root), depth: 0)!.Value;
        var toolKey = ToolKeyOf(item)!;
        var tools = new OfferedTools(facts, catalog).Find(document.Resolve(item.Obj("properties").Obj(toolKey) ?? []));
        var quoted = StepRecords.In(facts.UserText, facts.UserText.Contains("return", StringComparison.OrdinalIgnoreCase), task.Now);
        if (!task.HasActed && quoted.Count > 0)
        {
            task.Adopt(quoted);
        }

        var steps = task.Done.Any(call => call.Result.IsFinal && call.Result.Verdict != StepVerdict.Failed) ? [] : Planned(tools);
        var author = new SchemaAuthor(document, facts, task);
        var items = new JsonArray();
        for (var i = 0; i < steps.Count; i++)
        {
            items.Add(Item(item, toolKey, steps, i, author));
        }

        return Place(author.Write(), name, items);
    }

    /// <summary>The steps of the goal that the tools can do and that have not been done.</summary>
    private List<PlannedStep> Planned(IReadOnlyList<ToolSpec> tools)
    {
        var done = task.Done.Where(call => call.Result.IsOk).Select(call => Labels.Key(call.Call.Name)).ToHashSet(StringComparer.Ordinal);
        foreach (var text in new[] { facts.LastUser, facts.Wishes })
        {
            var goal = string.Join('\n', text.Split('\n').Where(line => !tools.Any(tool => ListsTool(line, tool.Name))));
            var steps = new List<PlannedStep>();
            foreach (var line in TaskSteps.In(goal))
            {
                if (task.Holds(line) && ToolTask.ToolFor(tools, line, goal) is { } tool)
                {
                    ToolTask.AddStep(steps, tool, line);
                }
            }

            steps.RemoveAll(step => done.Contains(Labels.Key(step.Tool.Name)) || new ArgumentAuthor(facts, task, step.Tool, step.Text) { Reference = _ => "later" }.Missing().Count > 0);
            if (steps.Count > 0 || done.Count > 0)
            {
                return steps;
            }
        }

        return [];
    }

    private JsonObject Item(JsonObject schema, string toolKey, List<PlannedStep> steps, int i, SchemaAuthor author)
    {
        var step = steps[i];
        var written = new JsonObject();
        var arguments = new ArgumentAuthor(facts, task, step.Tool, step.Text) { Reference = name => ReferenceTo(name, steps, i) }.Write();
        var argumentKey = Array.Find(ArgumentKeys, key => schema.Obj("properties").Obj(key) is not null);
        var required = SchemaDocument.RequiredOf(schema);
        foreach (var (name, value) in schema.Obj("properties") ?? [])
        {
            if (value is not JsonObject part)
            {
                continue;
            }

            part = document.Resolve(part);
            written[name] = name switch
            {
                _ when name == toolKey => step.Tool.Name,
                _ when name == argumentKey => Shaped(part, arguments),
                "id" or "step_id" or "step" or "number" or "order" => IsText(part) ? Id(i) : JsonValue.Create(i + 1),
                "depends_on" or "dependencies" or "needs" or "after" => Dependencies(part, i),
                "description" or "reason" or "rationale" or "title" or "purpose" or "thought" or "goal" or "name" => step.Text,
                _ => required.Contains(name) ? author.Value(part, name, 2, 0) : null,
            };
            if (written[name] is null && !SchemaDocument.TypesOf(part).Contains("null") && !(part.Arr("anyOf") is { } any && any.Any(branch => branch.Str("type") == "null")))
            {
                written.Remove(name);
            }
        }

        return written;
    }

    private JsonNode? Shaped(JsonObject schema, JsonObject arguments)
    {
        var types = SchemaDocument.TypesOf(schema);
        if (types.Contains("array"))
        {
            var pair = document.Resolve(schema.Obj("items") ?? []).Obj("properties") ?? [];
            var key = pair.Select(property => property.Key).FirstOrDefault(name => name is "name" or "key" or "parameter") ?? "name";
            return new JsonArray([.. arguments.Select(argument => new JsonObject { [key] = argument.Key, ["value"] = argument.Value.AsScalarText() ?? SandboxJson.Text(argument.Value) })]);
        }

        if (types.Contains("object") || types.Count == 0)
        {
            var closed = schema.Obj("properties") is { Count: > 0 } known && schema.Bool("additionalProperties") == false ? known : null;
            return closed is null ? arguments : Fit(closed, arguments);
        }

        return SandboxJson.Text(arguments);
    }

    /// <summary>A closed object that serves all tools: what a tool does not take is null.</summary>
    private static JsonObject Fit(JsonObject known, JsonObject arguments)
    {
        var fitted = new JsonObject();
        foreach (var (name, _) in known)
        {
            fitted[name] = arguments.Get(name)?.DeepClone();
        }

        return fitted;
    }

    private static JsonNode? Dependencies(JsonObject schema, int i) => SchemaDocument.TypesOf(schema).Contains("array")
        ? i == 0 ? new JsonArray() : new JsonArray(IsText(schema.Obj("items") ?? []) ? Id(i - 1) : JsonValue.Create(i))
        : i == 0 ? null : JsonValue.Create(Id(i - 1));

    /// <summary>A reference to what an earlier step will answer, in the notation that the prompt describes; null when it describes none.</summary>
    private string? ReferenceTo(string fact, List<PlannedStep> steps, int before)
    {
        var notation = Notation().Match(facts.Prompt);
        if (!notation.Success)
        {
            return null;
        }

        var source = steps.Take(before).Select((step, at) => (step, at)).LastOrDefault(pair => Yields(pair.step.Tool, fact));
        return source.step is null ? null
            : $"{notation.Groups["open"].Value}{notation.Groups["root"].Value}{Id(source.at)}{notation.Groups["middle"].Value}.{(fact == "email" ? "order.email" : fact)}{notation.Groups["close"].Value}";
    }

    private static bool Yields(ToolSpec tool, string fact)
    {
        var words = Words.Of(tool.Name);
        return fact switch
        {
            "return_id" => words.Contains("return") && words.Contains("create"),
            "label_url" => words.Contains("label"),
            "email" => words.Contains("order") && words.Contains("get"),
            _ => false,
        };
    }

    private JsonNode? Place(JsonNode? plan, string name, JsonArray items)
    {
        if (plan is JsonObject fields && fields.ContainsKey(name) && fields[name] is not JsonObject)
        {
            fields[name] = items;
        }
        else if (plan is JsonObject outer && outer.FirstOrDefault(field => field.Value.Get(name) is JsonArray) is { Value: JsonObject inner })
        {
            inner[name] = items;
        }

        return plan;
    }

    private static (string Name, JsonObject Item)? StepsIn(SchemaDocument document, JsonObject schema, int depth)
    {
        foreach (var name in StepLists)
        {
            if (schema.Obj("properties").Obj(name) is not { } part)
            {
                continue;
            }

            var list = document.Resolve(part);
            if (list.Obj("items") is { } items && document.Resolve(items) is { } item && ToolKeyOf(item) is not null)
            {
                return (name, item);
            }

            if (depth == 0 && StepsIn(document, list, depth: 1) is { } nested)
            {
                return nested;
            }
        }

        return null;
    }

    private static string? ToolKeyOf(JsonObject item) => Array.Find(ToolKeys, key => item.Obj("properties").Obj(key) is not null);

    private static bool ListsTool(string line, string tool) => line.TrimStart('-', '*', '•', ' ', '`', '\t').TrimStart("0123456789.) `".ToCharArray()).StartsWith(tool, StringComparison.OrdinalIgnoreCase);

    private static bool IsText(JsonObject schema) => SchemaDocument.TypesOf(schema) is [] or ["string", ..];

    private static string Id(int i) => "s" + (i + 1).ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<open>\{\{\s*|\$\{\s*|\$)(?<root>(?:steps|results|outputs)\.)<?\w+>?(?<middle>(?:\.(?:output|result|data))?)\.<?\w+>?(?:\.\w+)*(?<close>\s*\}\}|\}|)")]
    private static partial Regex Notation();
}
