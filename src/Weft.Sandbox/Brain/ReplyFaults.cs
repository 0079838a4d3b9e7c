using System.Text.Json.Nodes;
using Weft.Sandbox.Faults;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Brain;

/// <summary>How a model's reply goes wrong while the service that carries it works.</summary>
internal static class ReplyFaults
{
    public static ModelReply Apply(ModelReply reply, ModelRequest request, FaultKind kind) => kind switch
    {
        FaultKind.Empty => new ModelReply(),
        FaultKind.Refusal => new ModelReply { Text = "I'm sorry, but I can't help with that.", Finish = FinishKind.Refusal },
        FaultKind.Truncated => Truncate(reply),
        FaultKind.MalformedJson => Malform(reply),
        FaultKind.SchemaViolation => Violate(reply),
        FaultKind.WrongToolName => Misname(reply, request),
        _ => reply,
    };

    private static ModelReply Truncate(ModelReply reply) => new()
    {
        Text = reply.Text.Length > 0 ? reply.Text[..(reply.Text.Length / 2)] : string.Empty,
        Finish = FinishKind.Length,
    };

    private static ModelReply Malform(ModelReply reply) => reply.Calls.Count > 0
        ? reply with { Calls = [.. reply.Calls.Select(call => call with { RawArguments = Broken(SandboxJson.Text(call.Arguments)) })] }
        : reply with { Text = Broken(reply.Text) };

    private static string Broken(string json) => json.Length > 2 ? json[..(json.Length - Math.Max(1, json.Length / 4))] : "{\"";

    private static ModelReply Violate(ModelReply reply)
    {
        if (reply.Calls.Count > 0)
        {
            return reply with { Calls = [.. reply.Calls.Select(call => call with { Arguments = Violated(call.Arguments) })] };
        }

        return reply with { Text = SandboxJson.Text(JsonReading.TryParse(reply.Text, out var node) && node is JsonObject fields ? Violated(fields) : new JsonObject { ["unexpected"] = true }) };
    }

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

    private static ModelReply Misname(ModelReply reply, ModelRequest request) => reply.Calls.Count > 0
        ? reply with { Calls = [.. reply.Calls.Select(call => call with { Name = call.Name + "_v2" })] }
        : request.Tools.Count > 0 ? ModelReply.Call([new PlannedCall(request.Tools[0].Name + "_v2", [])]) : reply;
}
