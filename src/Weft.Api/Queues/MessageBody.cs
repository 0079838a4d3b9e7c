using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weft.Api.Queues;

/// <summary>Shows a body as what it is.</summary>
internal static class MessageBody
{
    public static JsonNode? Of(string body)
    {
        try
        {
            return JsonNode.Parse(body, documentOptions: new JsonDocumentOptions { MaxDepth = 128 });
        }
        catch (JsonException)
        {
            return JsonValue.Create(body);
        }
    }
}
