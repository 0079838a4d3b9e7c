using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Weft.Api.Problems;
using Weft.Api.Requests;
using Weft.Api.Security;
using Weft.Language;
using Weft.Runtime.Queues;

namespace Weft.Api.Queues;

/// <summary>
/// The embedded server's queues: send, look, receive, settle, dead letters. On Service Bus only the dead letters are reached from here.
/// </summary>
internal static class QueueEndpoints
{
    public static void MapQueues(this IEndpointRouteBuilder api)
    {
        var queues = api.MapGroup("/queues/{name}").WithTags("Queues");
        queues.MapPost("/messages", SendAsync)
            .WithSummary("Sends a message; its id is the header Message-Id or the member message_id, and a repeat of it is taken once.")
            .Takes<JsonNode>();
        queues.MapGet("/messages", PeekAsync).WithSummary("Shows the messages that nobody holds, oldest first.");
        queues.MapPost("/receive", ReceiveAsync)
            .WithSummary("Hands out messages and holds them: limit, lock_seconds. Settle each by its lock.")
            .Takes<ReceiveRequest>();
        queues.MapDelete("/messages/{lock}", SettleAsync).WithSummary("Settles a message that was received: it is gone.")
            .WithMetadata(new NeedsScope(Scopes.Execute));
        queues.MapPost("/messages/{lock}/abandon", AbandonAsync).WithSummary("Gives a message back, to be handed out again.");
        queues.MapGet("/deadletters", DeadLettersAsync).WithSummary("Lists the messages that were put aside, each with its reason.");
        queues.MapPost("/deadletters/{sequence}/replay", ReplayAsync).WithSummary("Sends a dead letter again.")
            .WithMetadata(new NeedsScope(Scopes.Manage));
    }

    private static async Task<Results<Accepted<SentAnswer>, Ok<SentAnswer>>> SendAsync(
        string name, HttpContext context, TimeProvider clock, CancellationToken cancellationToken)
    {
        var queue = Local(context, name);
        var message = await RequestBody.ReadJsonAsync(context) ?? throw new ApiException(
            "empty_body", Fault.Malformed, "The body is empty; it must be the message, as JSON.");
        var id = context.Request.Headers["Message-Id"].ToString() is { Length: > 0 } header ? header
            : message is JsonObject members && members["message_id"] is JsonValue value && value.TryGetValue<string>(out var text) ? text
            : Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");
        var sent = await queue.SendAsync(name, id, message.ToJsonString(WeftJson.Options), cancellationToken);
        var answer = new SentAnswer(name, id, !sent);
        return sent ? TypedResults.Accepted((string?)null, answer) : TypedResults.Ok(answer);
    }

    private static async Task<Ok<ItemsAnswer<MessageAnswer>>> PeekAsync(
        string name, HttpContext context, CancellationToken cancellationToken)
    {
        var query = context.Request.Query;
        var page = await Local(context, name).PeekAsync(name, query.Integer("limit", 50, 1, 200), query.Text("cursor"), cancellationToken);
        return Answers.Items([.. page.Items.Select(m => MessageAnswer.Of(m))], page.NextCursor);
    }

    private static async Task<Ok<ItemsAnswer<MessageAnswer>>> ReceiveAsync(
        string name, HttpContext context, IOptions<QueueOptions> options, CancellationToken cancellationToken)
    {
        var queue = Local(context, name);
        if (name == options.Value.Start)
        {
            throw new WeftException(
                "queue_has_reader", Fault.Conflict,
                $"The server itself reads '{name}': each message starts a workflow. Look with GET, or receive from a queue of replies.");
        }

        var request = ReceiveRequest.Read(await RequestBody.ReadAsync(context));
        var hold = request.LockSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        var messages = await queue.ReceiveAsync(name, request.Limit ?? 1, hold, cancellationToken);
        return Answers.Items(
            [.. messages.Select(m => MessageAnswer.Of(m.Message) with { Lock = LockText.Of(m.Lock), LockedUntil = m.LockedUntil })]);
    }

    private static async Task<NoContent> SettleAsync(string name, string @lock, HttpContext context, CancellationToken cancellationToken) =>
        await Local(context, name).CompleteAsync(name, LockText.Read(@lock), cancellationToken)
            ? TypedResults.NoContent()
            : throw Lost(name);

    private static async Task<NoContent> AbandonAsync(
        string name, string @lock, HttpContext context, CancellationToken cancellationToken) =>
        await Local(context, name).AbandonAsync(name, LockText.Read(@lock), "its receiver gave it back", cancellationToken)
            ? TypedResults.NoContent()
            : throw Lost(name);

    private static async Task<Ok<ItemsAnswer<DeadLetterAnswer>>> DeadLettersAsync(
        string name, HttpContext context, CancellationToken cancellationToken)
    {
        var query = context.Request.Query;
        var page = await DeadLetters(context).ListAsync(name, query.Integer("limit", 50, 1, 200), query.Text("cursor"), cancellationToken);
        return Answers.Items([.. page.Items.Select(DeadLetterAnswer.Of)], page.NextCursor);
    }

    private static async Task<Accepted<ReplayAnswer>> ReplayAsync(
        string name, string sequence, HttpContext context, CancellationToken cancellationToken) =>
        await DeadLetters(context).ReplayAsync(name, sequence, cancellationToken)
            ? TypedResults.Accepted((string?)null, new ReplayAnswer(name, sequence))
            : throw ApiException.NotFound("message_not_found",
                $"The queue '{name}' has no dead letter '{sequence}'. GET /queues/{name}/deadletters lists those there are.");

    private static LocalQueue Local(HttpContext context, string name)
    {
        var queue = context.RequestServices.GetService<LocalQueue>() ?? throw new ApiException(
            "queue_not_here", Fault.NotImplemented,
            "This host's queues are Service Bus's: send and receive there, with its own clients. Its dead letters are listed here.");
        queue.CheckName(name);
        return queue;
    }

    private static IDeadLetters DeadLetters(HttpContext context) => context.RequestServices.GetService<IDeadLetters>()
        ?? throw new ApiException("queue_not_here", Fault.NotImplemented, "This process has no queues; a server has.");

    private static WeftException Lost(string name) =>
        new("lock_lost", Fault.Conflict,
            $"The lock is not one that holds a message of '{name}': it ran out, or the message was settled. What ran out is handed out "
            + $"again.");
}
