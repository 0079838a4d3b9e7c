using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Weft.Sandbox.Composio;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Brain;

/// <summary>The tools that a prompt speaks of when none are offered natively: in a schema's enum, as a list, or as JSON.</summary>
internal sealed partial class OfferedTools(Facts facts, ToolCatalog catalog)
{
    /// <param name="nameSchema">The schema of the field that names the tool.</param>
    public IReadOnlyList<ToolSpec> Find(JsonObject nameSchema)
    {
        var names = (nameSchema.Arr("enum") ?? []).Select(name => name.AsText()).OfType<string>().ToList();
        var described = Described();
        if (names.Count == 0)
        {
            names = [.. described.Keys.Concat(Listed()).Distinct(StringComparer.Ordinal)];
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

        return catalog.Find(Labels.Key(name).ToUpperInvariant()) is { } known
            ? new ToolSpec(name, known.Description, known.InputParameters)
            : new ToolSpec(name, LineOf(name) ?? string.Empty, SchemaBehind(name) ?? new JsonObject { ["type"] = "object", ["properties"] = new JsonObject() });
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

    private IEnumerable<string> Listed() => facts.Prompt.Split('\n').Select(line => Entry().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value);

    private string? LineOf(string name) => facts.Prompt.Split('\n').FirstOrDefault(line => line.Contains(name, StringComparison.Ordinal));

    /// <summary>A schema on the line of a tool's name or below it.</summary>
    private JsonObject? SchemaBehind(string name)
    {
        var at = facts.Prompt.IndexOf(name, StringComparison.Ordinal);
        return at < 0 ? null : JsonFragments.In(facts.Prompt[at..]).Select(fragment => fragment.Node).OfType<JsonObject>().FirstOrDefault(node => node.Obj("properties") is not null);
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
