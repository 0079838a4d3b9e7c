using System.Text.Json.Nodes;
using Weft.Agents.Json;
using Weft.Language.Loading;

namespace Weft.Agents.Tools.Providers.BuiltIn;

/// <summary>Finds actions by what they do, so that an agent need not be shown all of them.</summary>
internal sealed class SearchToolsTool(Func<ToolDirectory> directory) : BuiltInTool(
    "weft.search_tools",
    "Finds actions of connected apps by what they do.",
    """
    {"type":"object","required":["query"],"properties":{
      "query":{"type":"string","minLength":1,"description":"What should be done"},
      "limit":{"type":"integer","minimum":1,"maximum":20,"description":"How many; default 5"}}}
    """)
{
    protected override async Task<JsonNode?> AnswerAsync(ToolAttempt attempt, CancellationToken cancellationToken)
    {
        var found =
            await directory().SearchAsync(attempt.Arguments.Text("query") ?? "", attempt.Arguments.Number("limit") ?? 5, cancellationToken);
        var actions = found.Select(a => (JsonNode)new JsonObject
        {
            ["tool"] = $"{a.AppName}.{a.ActionName}",
            ["description"] = a.Description,
            ["required_params"] = new JsonArray([.. a.RequiredParams.Select(p => JsonValue.Create(p))]),
            ["read_only"] = a.ReadOnly,
        });
        return new JsonObject { ["actions"] = new JsonArray([.. actions]), ["count"] = found.Count };
    }
}
