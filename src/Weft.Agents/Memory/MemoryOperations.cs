using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Weft.Agents.Json;
using Weft.Agents.Storage;
using Weft.Language;
using Weft.Language.Definitions;

namespace Weft.Agents.Memory;

/// <summary>The operations on conversations and the knowledge base, for steps of workflows and for the API alike.</summary>
/// <remarks>
/// A change is applied once under its name, however often it comes. The memory <c>knowledge_base</c> is searched in the first collection
/// that exists of: the setting <c>collection</c>, the definition's <c>long_term.index</c>, the key, <c>knowledge_base</c>. The payload is
/// the query, or <c>{query, top_k, filters}</c>; the answer <c>{documents: [{id, content, score, metadata}], count}</c>.
/// </remarks>
public sealed class MemoryOperations(
    IRecordStore store, KnowledgeBase knowledge, IOptions<MemoryOptions> options, TimeProvider time)
{
    private const string CommonCollection = "knowledge_base";

    private static readonly string[] Operations = ["read", "write", "append", "delete", "flush", "health", "clear", "stats", "search"];

    private readonly ConversationMemory _conversations = new(new ConversationRecords(store), time);

    /// <summary>Makes the call.</summary>
    /// <returns>What it answers: the shapes of compozy's memory task.</returns>
    /// <exception cref="WeftException">The call makes no sense, or the memory is busy; the message says more.</exception>
    public async Task<JsonNode?> RunAsync(MemoryCall request, CancellationToken cancellationToken)
    {
        var operation = request.Operation.Trim().ToLowerInvariant();
        var memory = request.Definition;
        if (operation == "search")
        {
            return await SearchAsync(request, memory, cancellationToken);
        }

        if (request.Key.Length is 0 or > 400 || request.Key.Any(char.IsControl))
        {
            throw MemoryMessage.Invalid(
                $"'{operation}' on '{request.Memory}' has a key of {request.Key.Length} characters; keys have 1 to 400, none of them "
                + $"controls. Is the key's template rendered?");
        }

        var policy = MemoryPolicy.Of(memory, request.Settings, options.Value);
        var address = new MemoryAddress(request.Memory, request.Key, request.Name);
        return operation switch
        {
            "read" => await _conversations.ReadAsync(
                address,
                policy,
                Math.Clamp(request.Settings.Number("limit") ?? policy.MaxMessages ?? options.Value.ReadLimit, 1, Limit(request.Settings)),
                Math.Max(0, request.Settings.Number("offset") ?? 0),
                cancellationToken),
            "append" => await _conversations.AppendAsync(address, policy, Messages(request), cancellationToken),
            "write" => await _conversations.WriteAsync(address, policy, Messages(request), cancellationToken),
            "delete" => await _conversations.DeleteAsync(address, cancellationToken),
            "flush" => await _conversations.FlushAsync(
                address, policy, request.Settings.Object("flush_config") ?? request.Settings, cancellationToken),
            "health" => await _conversations.HealthAsync(address, policy, cancellationToken),
            "stats" => await _conversations.StatsAsync(
                address, policy, request.Settings.Object("stats_config") ?? request.Settings, cancellationToken),
            "clear" => await ClearAsync(request, address, cancellationToken),
            _ => throw MemoryMessage.Invalid($"'{operation}' is none.{NearMiss.HintOrList(operation, Operations, "Operations")}"),
        };
    }

    private async Task<JsonNode?> SearchAsync(MemoryCall request, MemoryDefinition? memory, CancellationToken cancellationToken)
    {
        var asked = request.Payload as JsonObject;
        var query = asked.Text("query") ?? request.Payload.Text() ?? request.Settings.Text("query") ?? "";
        var longTerm = memory?.Settings.Object("long_term");
        var topK = longTerm.Number("top_k") ?? asked.Number("top_k") ?? request.Settings.Number("top_k");
        var filters = asked.Object("filters") ?? request.Settings.Object("filters");
        IReadOnlyList<KnowledgeMatch> matches = [];
        if (query.Length > 0 && await CollectionAsync(request, longTerm.Text("index"), cancellationToken) is { } collection)
        {
            matches = await knowledge.SearchAsync(collection, query, topK, filters, cancellationToken);
        }

        var documents = matches.Select(
            m => (JsonNode)new JsonObject { ["id"] = m.Id, ["content"] = m.Content, ["score"] = m.Score,
                ["metadata"] = m.Metadata?.DeepClone() });
        return new JsonObject { ["documents"] = new JsonArray([.. documents]), ["count"] = matches.Count };
    }

    /// <summary>
    /// The first collection that exists: the request's own, the one that the workflow's memory names, the key's, the common one.
    /// </summary>
    private async Task<string?> CollectionAsync(MemoryCall request, string? index, CancellationToken cancellationToken)
    {
        foreach (var name in new[] { request.Settings.Text("collection"), index, request.Key, CommonCollection })
        {
            if (!string.IsNullOrWhiteSpace(name) && await knowledge.ExistsAsync(name, cancellationToken))
            {
                return name;
            }
        }

        return null;
    }

    private Task<JsonNode?> ClearAsync(MemoryCall request, MemoryAddress address, CancellationToken cancellationToken)
    {
        var settings = request.Settings.Object("clear_config") ?? request.Settings;
        return settings.Flag("confirm") == true
            ? _conversations.ClearAsync(address, settings.Flag("backup") ?? false, cancellationToken)
            : throw MemoryMessage.Invalid("'clear' needs clear_config.confirm: true, since what is cleared is gone.");
    }

    private IReadOnlyList<MemoryMessage> Messages(MemoryCall request) => MemoryMessage.Read(request.Payload, time.GetUtcNow().UtcDateTime);

    /// <summary>Without a limit of its own, a request gets the product's; with one, up to a thousand.</summary>
    private int Limit(JsonObject? settings) => settings.Number("limit") is null ? options.Value.ReadLimit : 1_000;
}
