using System.Text.Json.Nodes;

namespace Weft.Agents.Tests.Models.Providers;

/// <summary>One request as it came over the wire. Names of headers are lower case.</summary>
internal sealed record WireRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Text)
{
    public JsonObject Body => JsonNode.Parse(Text)!.AsObject();
}
