using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Weft.Sandbox.Composio;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Brain;

/// <summary>The tools that a prompt speaks of when none are offered natively: in a schema's enum, as a list, or as JSON.</summary>
internal sealed partial class OfferedTools(Facts facts, ToolCatalog catalog)
{
    private readonly Dictionary<string, (string Line, JsonObject? Schema)> _listed = List(facts.Prompt);

    /// <param name="nameSchema">The schema of the field that names the tool.</param>
    public IReadOnlyList<ToolSpec> Find(JsonObject nameSchema)
    {
        var names = (nameSchema.Arr("enum") ?? []).Select(name => name.AsText()).OfType<string>().ToList();
        var described = Described();
        if (names.Count == 0)
        {
            names = [.. described.Keys.Concat(_listed.Keys).Distinct(StringComparer.Ordinal)];
        }

        return [.. names.Select(name => Spec(name, described))];
    }

    private ToolSpec Spec(string name, Dictionary<string, ToolSpec> described)
    {
        var native = facts.Request.Tools.FirstOrDefault(tool => Labels.Key(tool.Name) == Labels.Key(name));
        if (native is not null || described.TryGetValue(name, out native))
        {
            return native with { Name = name };
        }

        var known = catalog.Find(Labels.Key(name).ToUpperInvariant());
        var (line, schema) = _listed.GetValueOrDefault(name);
        return new ToolSpec(name, line ?? known?.Description ?? string.Empty, schema ?? known?.InputParameters ?? new JsonObject { ["type"] = "object", ["properties"] = new JsonObject() });
    }

    /// <summary>Tools given as JSON objects with a name and a schema.</summary>
    private Dictionary<string, ToolSpec> Described()
    {
        var found = new Dictionary<string, ToolSpec>(StringComparer.Ordinal);
        foreach (var fields in JsonFragments.In(facts.Prompt).SelectMany(fragment => Objects(fragment.Node)))
        {
            var spec = fields.Obj("function") ?? fields;
            if (spec.Str("name") is { } name && (spec.Obj("parameters") ?? spec.Obj("input_schema") ?? spec.Obj("input_parameters") ?? spec.Obj("inputSchema")) is { } schema)
            {
                found.TryAdd(name, new ToolSpec(name, spec.Str("description") ?? string.Empty, schema));
            }
        }

        return found;
    }

    /// <summary>The tools of a list, each with its line and with the schema on that line or the lines up to the next tool.</summary>
    private static Dictionary<string, (string Line, JsonObject? Schema)> List(string prompt)
    {
        var listed = new Dictionary<string, (string, JsonObject?)>(StringComparer.Ordinal);
        string? current = null;
        foreach (var line in prompt.Split('\n'))
        {
            if (Entry().Match(line) is { Success: true } entry && !listed.ContainsKey(entry.Groups[1].Value))
            {
                current = entry.Groups[1].Value;
                listed[current] = (line, null);
            }

            if (current is not null && listed[current].Item2 is null
                && JsonFragments.In(line).Select(fragment => fragment.Node).OfType<JsonObject>().FirstOrDefault(node => node.Obj("properties") is not null) is { } schema)
            {
                listed[current] = (listed[current].Item1, schema);
            }
        }

        return listed;
    }

    private static IEnumerable<JsonObject> Objects(JsonNode node) => node switch
    {
        JsonObject fields => fields.Select(field => field.Value).OfType<JsonNode>().SelectMany(Objects).Prepend(fields),
        JsonArray items => items.OfType<JsonNode>().SelectMany(Objects),
        _ => [],
    };

    [GeneratedRegex(@"^\s*(?:[-*•]|\d+[.)])\s+[`""*]*([A-Za-z][\w-]*\.[a-z]\w+|[A-Z]{2,}_[A-Z_]{3,}|[a-z]+(?:_[a-z]+)+)[`""*]*\s*(?:[:–—(-]|$)")]
    private static partial Regex Entry();
}
