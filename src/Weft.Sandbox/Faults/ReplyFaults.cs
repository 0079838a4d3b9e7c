using System.Text.Json.Nodes;
using Weft.Sandbox.Chat;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Faults;

/// <summary>How a model's reply goes wrong while the service that carries it works.</summary>
internal static class ReplyFaults
{
    public static ModelReply Apply(ModelReply reply, ModelRequest request, FaultKind kind) => kind switch
    {
        FaultKind.Empty => new ModelReply(),
        FaultKind.Refusal => new ModelReply { Text = "I'm sorry, but I can't help with that.", Finish = FinishKind.Refusal },
        FaultKind.Truncated => new ModelReply { Text = reply.Text[..(reply.Text.Length / 2)], Finish = FinishKind.Length },
        FaultKind.MalformedJson when reply.Calls.Count == 0 => reply with { Text = Broken(reply.Text) },
        FaultKind.MalformedJson => WithCalls(reply, call => call with { RawArguments = Broken(call.ArgumentsText) }),
        FaultKind.SchemaViolation when reply.Calls.Count == 0 =>
            reply with { Text = SandboxJson.Text(Violated(JsonReading.Parse(reply.Text) as JsonObject ?? [])) },
        FaultKind.SchemaViolation => WithCalls(reply, call => call with { Arguments = Violated(call.Arguments) }),
        FaultKind.WrongToolName when reply.Calls.Count == 0 && request.Tools.Count > 0 =>
            ModelReply.Call(new ToolCall(Wrong(request.Tools[0].Name), [])),
        FaultKind.WrongToolName => WithCalls(reply, call => call with { Name = Wrong(call.Name) }),
        _ => reply,
    };

    private static ModelReply WithCalls(ModelReply reply, Func<ToolCall, ToolCall> spoil) =>
        reply with { Calls = [.. reply.Calls.Select(spoil)] };

    private static string Wrong(string tool) => tool + "_v2";

    private static string Broken(string json) => json.Length > 2 ? json[..(json.Length - Math.Max(1, json.Length / 4))] : "{\"";

    /// <summary>Loses the first property, gives the others a wrong type, and adds one that nobody asked for.</summary>
    private static JsonObject Violated(JsonObject instance)
    {
        var violated = new JsonObject { ["unexpected"] = true };
        foreach (var (name, value) in instance.Skip(1))
        {
            violated[name] = value is JsonObject or JsonArray ? "not structured" : new JsonArray(value?.DeepClone());
        }

        return violated;
    }
}
