using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Agents.Memory;
using Weft.Api.Requests;

namespace Weft.Api.Memory;

/// <summary>The body of <c>PUT /knowledge/{collection}/documents</c>.</summary>
internal sealed record DocumentsRequest(IReadOnlyList<KnowledgeDocument> Documents)
{
    private const int Most = 1_000;

    internal static DocumentsRequest Read(RequestBody body)
    {
        var items = body.List("documents", required: true);
        if (items.Count > Most)
        {
            body.Fault("$.documents", $"must have at most {Most} documents, and has {items.Count}");
        }

        var documents = new List<KnowledgeDocument>();
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is JsonObject item && Text(item, "id") is { } id && Text(item, "content") is { } content
                && item["metadata"] is null or JsonObject)
            {
                documents.Add(new KnowledgeDocument(id, content) { Metadata = item["metadata"]?.DeepClone() as JsonObject });
            }
            else
            {
                body.Fault($"$.documents[{i}]",
                    "must be an object with the strings 'id' and 'content', and optionally an object 'metadata'");
            }
        }

        body.Check();
        return new DocumentsRequest(documents);
    }

    private static string? Text(JsonObject item, string name) =>
        item[name]?.GetValueKind() == JsonValueKind.String ? item[name]!.GetValue<string>() : null; // The kind says so.
}
