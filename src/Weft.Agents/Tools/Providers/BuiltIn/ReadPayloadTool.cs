using System.Text.Json.Nodes;
using Weft.Agents.Json;
using Weft.Agents.Payloads;
using Weft.Language;
using Weft.Language.Loading;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Agents.Tools.Providers.BuiltIn;

/// <summary>Reads on in a large answer that was offloaded away.</summary>
internal sealed class ReadPayloadTool(ContextStore contexts) : BuiltInTool(
    "weft.read_payload",
    "Reads a part of a large stored value, by the address that stands in its place ($payload).",
    """
    {"type":"object","required":["address"],"properties":{
      "address":{"type":"string","minLength":8,"description":"The value of $payload: sha256:…"},
      "offset":{"type":"integer","minimum":0,"description":"The first character; default 0"},
      "length":{"type":"integer","minimum":1,"maximum":12000,"description":"How many characters; default 8000"}}}
    """)
{
    protected override async Task<JsonNode?> AnswerAsync(ToolAttempt attempt, CancellationToken cancellationToken)
    {
        var stand = PayloadReference.Create(attempt.Arguments.Text("address") ?? "", 0, "");
        if (PayloadReference.HashOf(stand) is null)
        {
            throw new ActivityException(
                "payload_missing", Fault.Internal, "The address must be the value of $payload: sha256: and 64 hexadecimal digits.");
        }

        var value = await contexts.LoadAsync(stand, cancellationToken);
        var text = value.Text() ?? value?.ToJsonString(WeftJson.Options) ?? "";
        var offset = Math.Min(attempt.Arguments.Number("offset") ?? 0, text.Length);
        var part = text.Substring(offset, Math.Min(attempt.Arguments.Number("length") ?? 8_000, text.Length - offset));
        return new JsonObject { ["text"] = part, ["offset"] = offset, ["total_characters"] = text.Length,
            ["more"] = offset + part.Length < text.Length };
    }
}
