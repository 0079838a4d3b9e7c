using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Weft.EndToEnd.Harness;

/// <summary>What the API answered.</summary>
internal sealed record Answer(HttpStatusCode Status, string Text, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>Asserts that it is a whole problem of this status and code.</summary>
    public JsonNode ShouldBeProblem(int status, string code)
    {
        Assert.True((int)Status == status, Text);
        Assert.Equal("application/problem+json", ContentHeaders.ContentType?.MediaType);
        Assert.Equal((code, status), ((string?)Json["code"], (int)Json["status"]!));
        Assert.False(string.IsNullOrWhiteSpace((string?)Json["detail"]));
        return Json;
    }
}
