using System.Text;
using System.Text.Json.Nodes;
using Weft.Agents.Json;
using Weft.Language;

namespace Weft.Agents.Tools;

/// <summary>Says in text what a tool does.</summary>
internal static class ToolDescription
{
    /// <summary>One line: the display name, and what it does.</summary>
    public static string Line(string displayName, string? description, int most = 300)
    {
        var about = (description ?? "").ReplaceLineEndings(" ").Trim();
        var text = about.Length == 0 ? displayName : $"{displayName} - {about}";
        return text.Clip(most);
    }

    /// <summary>The line, and the parameters with their types: for prompts that carry no schema.</summary>
    public static string Full(string displayName, string? description, JsonObject parameters)
    {
        var text = new StringBuilder(Line(displayName, description, 2_000)).Append("\n\nParameters:\n");
        var required = parameters.Texts("required");
        foreach (var (name, property) in parameters["properties"] as JsonObject ?? [])
        {
            text.Append("  - ").Append(name).Append(required.Contains(name) ? " (required)" : "").Append(": ")
                .Append(TypeOf(property)).Append(" - ").Append(property.Text("description") ?? "").Append('\n');
        }

        return text.ToString();
    }

    private static string TypeOf(JsonNode? property) => property is not JsonObject schema ? "any" : schema["type"] switch
    {
        JsonValue one => one.Text() ?? "any",
        JsonArray several => string.Join(" or ", several.Select(t => t.Text())),
        _ => schema["anyOf"] is JsonArray choices ? string.Join(" or ", choices.Select(TypeOf).Distinct()) : "any",
    };
}
