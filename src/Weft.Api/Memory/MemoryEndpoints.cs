using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weft.Agents.Memory;
using Weft.Agents.Records;
using Weft.Api.Problems;
using Weft.Api.Requests;
using Weft.Api.Security;
using Weft.Workflows.Orchestration;
using Weft.Workflows.Orchestration.Activities;

namespace Weft.Api.Memory;

/// <summary>Conversations by key, and the knowledge base.</summary>
internal static class MemoryEndpoints
{
    private const string Conversations = "conversation_history";

    public static void MapMemory(this IEndpointRouteBuilder api)
    {
        var memory = api.MapGroup("").WithTags("Memory");
        memory.MapGet("/memory/health", HealthAsync).WithSummary("Whether memory answers; with key, how that conversation is.").Produces<JsonNode>();
        memory.MapGet("/memory/{key}", (string key, HttpContext context, MemoryActivity activity, CancellationToken token) =>
            AnswerAsync("read", key, null, context, activity, token)).WithSummary("Reads a conversation; memory, limit, offset.").Produces<JsonNode>();
        memory.MapPut("/memory/{key}", async (string key, HttpContext context, MemoryActivity activity, CancellationToken token) =>
            await AnswerAsync("write", key, await RequestBody.ReadJsonAsync(context), context, activity, token)).WithSummary("Puts messages in the place of a conversation's.").Produces<JsonNode>();
        memory.MapPost("/memory/{key}", async (string key, HttpContext context, MemoryActivity activity, CancellationToken token) =>
            await AnswerAsync("append", key, await RequestBody.ReadJsonAsync(context), context, activity, token)).WithSummary("Adds messages to a conversation.").Produces<JsonNode>();
        memory.MapDelete("/memory/{key}", (string key, HttpContext context, MemoryActivity activity, CancellationToken token) =>
            AnswerAsync("delete", key, null, context, activity, token)).WithSummary("Deletes a conversation.").Produces<JsonNode>();
        memory.MapPut("/knowledge/{collection}/documents", PutDocumentsAsync).WithSummary("Puts documents into a collection.").Takes<DocumentsRequest>().Produces<DocumentsAnswer>();
        memory.MapPost("/knowledge/{collection}/search", SearchAsync).WithSummary("Finds passages that fit a query.").Takes<SearchRequest>().Produces<ItemsAnswer<KnowledgeMatch>>().WithMetadata(new NeedsScope(Scopes.Read));
        memory.MapDelete("/knowledge/{collection}/documents/{id}", DeleteDocumentAsync).WithSummary("Removes a document.").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> AnswerAsync(
        string operation, string key, JsonNode? payload, HttpContext context, MemoryActivity activity, CancellationToken cancellationToken)
    {
        var query = context.Request.Query;
        var settings = new JsonObject();
        if (operation == "read")
        {
            settings["offset"] = query.Integer("offset", 0, 0, int.MaxValue);
            if (query.ContainsKey("limit"))
            {
                settings["limit"] = query.Integer("limit", 50, 1, 1000);
            }
        }

        // A change carries a name, so that a caller's repeat with the same key is one change.
        var call = context.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } repeat ? repeat : Guid.NewGuid().ToString("N");
        var request = new MemoryRequest
        {
            Scope = new StepScope("api", "", "", "api"),
            CallId = call,
            Operation = operation,
            Memory = query.Text("memory", 200) ?? Conversations,
            Key = key,
            Payload = payload,
            Settings = settings,
        };
        var result = await activity.RunAsync(new ActivityContext("api", StepNames.WriteMemory, -1), request, cancellationToken);
        return Answers.Json(result.Output);
    }

    private static async Task<IResult> HealthAsync(HttpContext context, MemoryActivity activity, IRecordStore store, CancellationToken cancellationToken)
    {
        if (context.Request.Query.Text("key") is { } key)
        {
            return await AnswerAsync("health", key, null, context, activity, cancellationToken);
        }

        await store.ReadAsync(RecordKeys.LatestWorkflow("readiness"), cancellationToken);
        return Answers.Json(new JsonObject { ["status"] = "healthy" });
    }

    private static async Task<IResult> PutDocumentsAsync(string collection, HttpContext context, KnowledgeBase knowledge, CancellationToken cancellationToken)
    {
        var documents = DocumentsRequest.Read(await RequestBody.ReadAsync(context)).Documents;
        var pieces = await knowledge.PutAsync(collection, documents, cancellationToken);
        return Answers.Json(new DocumentsAnswer(collection, documents.Count, pieces));
    }

    private static async Task<IResult> SearchAsync(string collection, HttpContext context, KnowledgeBase knowledge, CancellationToken cancellationToken)
    {
        var request = SearchRequest.Read(await RequestBody.ReadAsync(context));
        return Answers.Items(await knowledge.SearchAsync(collection, request.Query, request.TopK, request.Filters, cancellationToken));
    }

    private static async Task<IResult> DeleteDocumentAsync(string collection, string id, KnowledgeBase knowledge, CancellationToken cancellationToken) =>
        await knowledge.DeleteAsync(collection, id, cancellationToken)
            ? Results.NoContent()
            : throw ApiException.NotFound("document_not_found", $"The collection '{collection}' has no document '{id}'.");
}

/// <summary>The body of <c>PUT /knowledge/{collection}/documents</c>.</summary>
public sealed record DocumentsRequest(IReadOnlyList<KnowledgeDocument> Documents)
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
            if (items[i] is JsonObject item && Text(item, "id") is { } id && Text(item, "content") is { } content && item["metadata"] is null or JsonObject)
            {
                documents.Add(new KnowledgeDocument(id, content) { Metadata = item["metadata"]?.DeepClone() as JsonObject });
            }
            else
            {
                body.Fault($"$.documents[{i}]", "must be an object with the strings 'id' and 'content', and optionally an object 'metadata'");
            }
        }

        body.Check();
        return new DocumentsRequest(documents);
    }

    private static string? Text(JsonObject item, string name) => item[name]?.GetValueKind() == JsonValueKind.String ? item[name]!.GetValue<string>() : null; // The kind says so.
}

/// <summary>What became of documents.</summary>
public sealed record DocumentsAnswer(string Collection, int Documents, int Pieces);

/// <summary>The body of <c>POST /knowledge/{collection}/search</c>.</summary>
/// <param name="Query">The question, in any words.</param>
/// <param name="TopK">The most matches, 1 to 100.</param>
/// <param name="Filters">Metadata that a document must have.</param>
public sealed record SearchRequest(string Query, int? TopK, JsonObject? Filters)
{
    internal static SearchRequest Read(RequestBody body)
    {
        var request = new SearchRequest(body.Text("query", required: true, longest: 10_000) ?? "", body.Integer("top_k", 1, 100), body.Object("filters"));
        body.Check();
        return request;
    }
}
