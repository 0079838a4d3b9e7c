using System.Text.Json.Nodes;
using Weft.Agents.Contexts;
using Weft.Agents.Memory;
using Weft.Workflows;
using Weft.Workflows.Orchestration;
using Weft.Workflows.Orchestration.Activities;

namespace Weft.Agents.Tools;

/// <summary>The common part of the tools that the product brings along: they only read, and need no network.</summary>
internal abstract class BuiltInTool(string name, string description, string schema) : IBuiltInTool
{
    public string Name => name;

    public string Description => description;

    public JsonObject Schema { get; } = (JsonObject)JsonNode.Parse(schema)!; // the texts below are objects

    public ToolEffect EffectOf(JsonObject arguments) => ToolEffect.Reads;

    public Task<ToolReply.Failed?> PrepareAsync(ToolAttempt attempt, CancellationToken cancellationToken) => Task.FromResult<ToolReply.Failed?>(null);

    public async Task<ToolReply> RunAsync(ToolAttempt attempt, CancellationToken cancellationToken)
    {
        try
        {
            return new ToolReply.Answered(await AnswerAsync(attempt, cancellationToken));
        }
        catch (ActivityException exception) when (exception.NonRetryable)
        {
            return new ToolReply.Failed(new ToolFailure("provider_error", exception.Message, Retryable: false), Certainty.Answered);
        }
    }

    protected abstract Task<JsonNode?> AnswerAsync(ToolAttempt attempt, CancellationToken cancellationToken);
}

/// <summary>Tells the time, which no model knows.</summary>
internal sealed class NowTool(TimeProvider time) : BuiltInTool(
    "weft.now", "Tells the current date and time, in UTC.", """{"type":"object","properties":{}}""")
{
    protected override Task<JsonNode?> AnswerAsync(ToolAttempt attempt, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return Task.FromResult<JsonNode?>(new JsonObject { ["utc"] = now.UtcDateTime, ["weekday"] = now.DayOfWeek.ToString(), ["unix_seconds"] = now.ToUnixTimeSeconds() });
    }
}

/// <summary>Searches a collection of the knowledge base.</summary>
internal sealed class SearchKnowledgeTool(KnowledgeBase knowledge) : BuiltInTool(
    "weft.search_knowledge",
    "Searches the knowledge base for passages that answer a question.",
    """
    {"type":"object","required":["query"],"properties":{
      "query":{"type":"string","minLength":1,"description":"The question or its key words"},
      "collection":{"type":"string","description":"The collection to search; default knowledge_base"},
      "top_k":{"type":"integer","minimum":1,"maximum":20,"description":"How many passages; default 5"}}}
    """)
{
    protected override async Task<JsonNode?> AnswerAsync(ToolAttempt attempt, CancellationToken cancellationToken)
    {
        var matches = await knowledge.SearchAsync(
            attempt.Arguments.Text("collection") ?? "knowledge_base", attempt.Arguments.Text("query") ?? "", attempt.Arguments.Number("top_k"), null, cancellationToken);
        var documents = matches.Select(m => (JsonNode)new JsonObject { ["id"] = m.Id, ["content"] = m.Content, ["score"] = m.Score, ["metadata"] = m.Metadata?.DeepClone() });
        return new JsonObject { ["documents"] = new JsonArray([.. documents]), ["count"] = matches.Count };
    }
}

/// <summary>Finds actions by what they do, so that an agent need not be shown all of them.</summary>
internal sealed class SearchToolsTool(ToolDirectory directory) : BuiltInTool(
    "weft.search_tools",
    "Finds actions of connected apps by what they do.",
    """
    {"type":"object","required":["query"],"properties":{
      "query":{"type":"string","minLength":1,"description":"What should be done"},
      "limit":{"type":"integer","minimum":1,"maximum":20,"description":"How many; default 5"}}}
    """)
{
    protected override async Task<JsonNode?> AnswerAsync(ToolAttempt attempt, CancellationToken cancellationToken)
    {
        var found = await directory.SearchAsync(attempt.Arguments.Text("query") ?? "", attempt.Arguments.Number("limit") ?? 5, cancellationToken);
        var actions = found.Select(a => (JsonNode)new JsonObject
        {
            ["tool"] = $"{a.AppName}.{a.ActionName}",
            ["description"] = a.Description,
            ["required_params"] = new JsonArray([.. a.RequiredParams.Select(p => JsonValue.Create(p))]),
            ["read_only"] = a.ReadOnly,
        });
        return new JsonObject { ["actions"] = new JsonArray([.. actions]), ["count"] = found.Count };
    }
}

/// <summary>Reads on in a large answer that was stowed away.</summary>
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
            throw new ActivityException("payload_missing", "The address must be the value of $payload: sha256: and 64 hexadecimal digits.", nonRetryable: true);
        }

        var value = await contexts.FetchAsync(stand, cancellationToken);
        var text = value.Text() ?? value?.ToJsonString(WeftJson.Options) ?? "";
        var offset = Math.Min(attempt.Arguments.Number("offset") ?? 0, text.Length);
        var part = text.Substring(offset, Math.Min(attempt.Arguments.Number("length") ?? 8_000, text.Length - offset));
        return new JsonObject { ["text"] = part, ["offset"] = offset, ["total_characters"] = text.Length, ["more"] = offset + part.Length < text.Length };
    }
}
