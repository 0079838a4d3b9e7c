using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Weft.Agents.Json;
using Weft.Agents.Memory;
using Weft.Agents.Storage;
using Weft.Api.Problems;
using Weft.Api.Requests;
using Weft.Api.Security;
using Weft.Language.Loading;

namespace Weft.Api.Memory;

/// <summary>Conversations by key, and the knowledge base.</summary>
internal static class MemoryEndpoints
{
    private const string Conversations = "conversation_history";

    public static void MapMemory(this IEndpointRouteBuilder api)
    {
        var routes = api.MapGroup("").WithTags("Memory");
        routes.MapGet("/memory/health", HealthAsync).WithSummary("Whether memory answers; with key, how that conversation is.");
        routes.MapGet("/memory/{key}", (string key, HttpContext context, MemoryOperations memory, CancellationToken token) =>
            AnswerAsync("read", key, null, context, memory, token)).WithSummary("Reads a conversation; memory, limit, offset.");
        routes.MapPut("/memory/{key}", async (string key, HttpContext context, MemoryOperations memory, CancellationToken token) =>
            await AnswerAsync("write", key, await RequestBody.ReadJsonAsync(context), context, memory, token))
            .WithSummary("Puts messages in the place of a conversation's.");
        routes.MapPost("/memory/{key}", async (string key, HttpContext context, MemoryOperations memory, CancellationToken token) =>
            await AnswerAsync("append", key, await RequestBody.ReadJsonAsync(context), context, memory, token))
            .WithSummary("Adds messages to a conversation.");
        routes.MapDelete("/memory/{key}", (string key, HttpContext context, MemoryOperations memory, CancellationToken token) =>
            AnswerAsync("delete", key, null, context, memory, token)).WithSummary("Deletes a conversation.");
        routes.MapPut("/knowledge/{collection}/documents", PutDocumentsAsync)
            .WithSummary("Puts documents into a collection.").Takes<DocumentsRequest>();
        routes.MapPost("/knowledge/{collection}/search", SearchAsync)
            .WithSummary("Finds passages that fit a query.").Takes<SearchRequest>().WithMetadata(new NeedsScope(Scopes.Read));
        routes.MapDelete("/knowledge/{collection}/documents/{id}", DeleteDocumentAsync).WithSummary("Removes a document.");
    }

    private static async Task<Ok<JsonNode>> AnswerAsync(
        string operation, string key, JsonNode? payload, HttpContext context, MemoryOperations memory, CancellationToken cancellationToken)
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
        var name = context.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } repeat ? repeat : Guid.NewGuid().ToString("N");
        var call = new MemoryCall(
            operation, query.Text("memory", 200) ?? Conversations, key, $"api/{name}") { Payload = payload, Settings = settings };
        return TypedResults.Ok(await memory.RunAsync(call, cancellationToken));
    }

    private static async Task<Ok<JsonNode>> HealthAsync(
        HttpContext context, MemoryOperations memory, IRecordStore store, CancellationToken cancellationToken)
    {
        if (context.Request.Query.Text("key") is { } key)
        {
            return await AnswerAsync("health", key, null, context, memory, cancellationToken);
        }

        await store.ReadAsync(RecordKeys.LatestWorkflow("readiness"), cancellationToken);
        return TypedResults.Ok<JsonNode>(new JsonObject { ["status"] = "healthy" });
    }

    private static async Task<Ok<DocumentsAnswer>> PutDocumentsAsync(
        string collection, HttpContext context, KnowledgeBase knowledge, CancellationToken cancellationToken)
    {
        var documents = DocumentsRequest.Read(await RequestBody.ReadAsync(context)).Documents;
        var pieces = await knowledge.PutAsync(collection, documents, cancellationToken);
        return TypedResults.Ok(new DocumentsAnswer(collection, documents.Count, pieces));
    }

    private static async Task<Ok<ItemsAnswer<KnowledgeMatch>>> SearchAsync(
        string collection, HttpContext context, KnowledgeBase knowledge, CancellationToken cancellationToken)
    {
        var request = SearchRequest.Read(await RequestBody.ReadAsync(context));
        return Answers.Items(await knowledge.SearchAsync(collection, request.Query, request.TopK, request.Filters, cancellationToken));
    }

    private static async Task<NoContent> DeleteDocumentAsync(
        string collection, string id, KnowledgeBase knowledge, CancellationToken cancellationToken) =>
        await knowledge.DeleteAsync(collection, id, cancellationToken)
            ? TypedResults.NoContent()
            : throw ApiException.NotFound("document_not_found", $"The collection '{collection}' has no document '{id}'.");
}
