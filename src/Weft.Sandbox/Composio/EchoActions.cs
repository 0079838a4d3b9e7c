using System.Text.Json.Nodes;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Composio;

/// <summary>An app that answers what it is sent.</summary>
internal static class EchoActions
{
    private const string Table = "echoes";

    public static IEnumerable<KeyValuePair<string, Func<ActionCall, ActionResult>>> All =>
    [
        new("HTTPECHO_GET", call => ActionResult.Ok(new JsonObject { ["method"] = "GET", ["path"] = call.Text("path") ?? "/", ["query"] = call.Arguments.Get("query")?.DeepClone() ?? new JsonObject() })),
        new("HTTPECHO_POST", Post),
        new("HTTPECHO_FAIL", call => ActionResult.Fail(call.Text("message") ?? "the provider failed")),
    ];

    private static ActionResult Post(ActionCall call)
    {
        var count = call.State.Count(Table) + 1;
        call.State.Put(Table, count.ToString("D6", provider: null), call.Arguments);
        return ActionResult.Ok(new JsonObject { ["method"] = "POST", ["path"] = call.Text("path") ?? "/", ["body"] = call.Arguments.Get("body")?.DeepClone(), ["count"] = count });
    }
}
