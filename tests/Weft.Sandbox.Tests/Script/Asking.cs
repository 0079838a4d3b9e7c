using System.Text.Json.Nodes;
using Weft.Sandbox.Chat;
using Weft.Sandbox.Composio;
using Weft.Sandbox.Script;

namespace Weft.Sandbox.Tests.Script;

/// <summary>Asks the scripted model without a wire between.</summary>
internal static class Asking
{
    private static readonly ToolCatalog Catalog = new();

    public static ModelReply Ask(IReadOnlyList<Turn> turns, params IReadOnlyList<ToolSpec> tools) =>
        Ask(new ModelRequest { Provider = "openai", Model = "test", Turns = turns, Tools = tools });

    public static ModelReply Ask(ModelRequest request, params IReadOnlyList<ScriptRule> rules)
    {
        var script = new SandboxScript();
        script.Set(rules);
        return new ScriptedModel(script, Catalog, new TokenMeter(exact: false)).Answer(request, fault: null);
    }

    public static Turn User(string text) => new(Speaker.User, text);

    public static Turn Called(string id, string tool, string arguments) =>
        new(Speaker.Assistant, string.Empty) { Calls = [new ToolCall(tool, JsonNode.Parse(arguments)!.AsObject()) { Id = id }] };

    public static Turn Answered(string id, string text) =>
        new(Speaker.Tool, string.Empty) { Outcomes = [new ToolOutcome(id, text, IsError: false)] };

    public static ToolSpec Tool(string name, params string[] parameters) => new(name, name.Replace('_', ' '), new JsonObject
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(
            parameters.Select(parameter => KeyValuePair.Create(parameter, (JsonNode?)new JsonObject { ["type"] = "string" }))),
        ["required"] = new JsonArray([.. parameters.Select(parameter => (JsonNode)parameter)]),
    });
}
