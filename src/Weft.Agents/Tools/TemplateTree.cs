using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Workflows.Expressions;

namespace Weft.Agents.Tools;

/// <summary>Renders the templates among the texts of a tree.</summary>
internal static class TemplateTree
{
    /// <summary>The tree with every template evaluated; names of members stay as they are.</summary>
    /// <exception cref="TemplateException">One cannot be evaluated.</exception>
    public static JsonNode? Render(JsonNode? node, ExpressionScope scope)
    {
        switch (node)
        {
            case JsonObject o:
                return new JsonObject(o.Select(p => KeyValuePair.Create(p.Key, Render(p.Value, scope))));
            case JsonArray a:
                return new JsonArray([.. a.Select(x => Render(x, scope))]);
            case JsonValue v when v.GetValueKind() == JsonValueKind.String && Template.HasTags(v.GetValue<string>()):
                return Template.Parse(v.GetValue<string>()).Evaluate(scope).Value;
            default:
                return node?.DeepClone();
        }
    }
}
