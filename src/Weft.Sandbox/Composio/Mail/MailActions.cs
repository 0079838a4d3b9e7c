using System.Text.Json.Nodes;
using Weft.Sandbox.Composio.Shop;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Composio.Mail;

internal sealed record Email
{
    public const string Table = "mails";
    public const string Drafts = "drafts";

    public required string Id { get; init; }
    public required string ThreadId { get; init; }
    public required string UserId { get; init; }
    public required IReadOnlyList<string> To { get; init; }
    public IReadOnlyList<string> Cc { get; init; } = [];
    public IReadOnlyList<string> Bcc { get; init; } = [];
    public string? Subject { get; init; }
    public string? Body { get; init; }
    public bool IsHtml { get; init; }
    public required DateTimeOffset SentAt { get; init; }
}

/// <summary>The mailbox's actions: what is sent is kept.</summary>
internal static class MailActions
{
    public static IEnumerable<KeyValuePair<string, Func<ActionCall, ActionResult>>> All =>
    [
        new("GMAIL_SEND_EMAIL", call => Write(call, Email.Table)),
        new("GMAIL_CREATE_EMAIL_DRAFT", call => Write(call, Email.Drafts)),
        new("GMAIL_REPLY_TO_THREAD", Reply),
        new("GMAIL_FETCH_EMAILS", Fetch),
    ];

    private static ActionResult Write(ActionCall call, string table)
    {
        string[] to = [.. (call.Text("recipient_email") ?? call.Text("to")) is { } first ? new[] { first } : [], .. List(call, "extra_recipients")];
        var (cc, bcc) = (List(call, "cc"), List(call, "bcc"));
        if (to.Length + cc.Count + bcc.Count == 0)
        {
            return ActionResult.Fail("400: at least one of recipient_email, cc, bcc is required");
        }

        if (call.Text("subject") is null && call.Text("body") is null)
        {
            return ActionResult.Fail("400: at least one of subject, body is required");
        }

        return to.Concat(cc).Concat(bcc).FirstOrDefault(address => !address.Contains('@')) is { } wrong
            ? ActionResult.Fail($"400: invalid address '{wrong}' in To header")
            : Keep(call, table, to, cc, bcc, call.Text("subject"), call.Text("body"), threadId: null);
    }

    private static ActionResult Reply(ActionCall call) =>
        call.State.All<Email>(Email.Table).LastOrDefault(mail => mail.ThreadId == call.Text("thread_id")) is { } earlier
            ? Keep(call, Email.Table, [call.Text("recipient_email")!], [], [], "Re: " + earlier.Subject, call.Text("message_body"), earlier.ThreadId)
            : ActionResult.Fail($"404: thread {call.Text("thread_id")} not found");

    private static ActionResult Keep(ActionCall call, string table, IReadOnlyList<string> to, IReadOnlyList<string> cc, IReadOnlyList<string> bcc, string? subject, string? body, string? threadId)
    {
        var id = Digest.Hex($"{table}/{call.State.Count(table)}")[..16];
        var mail = new Email { Id = id, ThreadId = threadId ?? id, UserId = call.UserId, To = to, Cc = cc, Bcc = bcc, Subject = subject, Body = body, IsHtml = call.Arguments.Bool("is_html") == true, SentAt = call.Now };
        call.State.Put(table, id, mail);
        return ActionResult.Ok(new JsonObject
        {
            ["id"] = mail.Id,
            ["threadId"] = mail.ThreadId,
            ["labelIds"] = new JsonArray(table == Email.Drafts ? "DRAFT" : "SENT"),
            ["recipient_email"] = to.Count > 0 ? to[0] : null,
        });
    }

    private static ActionResult Fetch(ActionCall call)
    {
        var query = call.Text("query");
        var found = call.State.All<Email>(Email.Table).Reverse()
            .Where(mail => query is null || $"{mail.Subject}\n{mail.Body}\n{string.Join(' ', mail.To)}".Contains(query, StringComparison.OrdinalIgnoreCase))
            .Take(call.Number("max_results", 10))
            .Select(mail => new JsonObject
            {
                ["messageId"] = mail.Id,
                ["threadId"] = mail.ThreadId,
                ["to"] = string.Join(", ", mail.To),
                ["subject"] = mail.Subject,
                ["messageText"] = mail.Body,
                ["messageTimestamp"] = OrderView.Time(mail.SentAt),
            }).ToList();
        return ActionResult.Ok(new JsonObject { ["messages"] = new JsonArray([.. found]), ["resultSizeEstimate"] = found.Count });
    }

    private static IReadOnlyList<string> List(ActionCall call, string name) => call.Arguments.Get(name) switch
    {
        JsonArray many => [.. many.Select(item => item.AsText()).OfType<string>()],
        { } one when one.AsText() is { Length: > 0 } text => [text],
        _ => [],
    };
}
