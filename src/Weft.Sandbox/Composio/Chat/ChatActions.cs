using System.Globalization;
using System.Text.Json.Nodes;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Composio.Chat;

internal sealed record ChatChannel(string Id, string Name, bool IsPrivate)
{
    public const string Table = "channels";

    public static IReadOnlyList<ChatChannel> Seed { get; } =
        [.. new[] { "general", "support", "support-escalations", "supervisors", "dev-team", "engineering", "alerts", "returns", "data-team", "weekly" }
            .Select((name, i) => new ChatChannel($"C{i + 1:D10}", name, IsPrivate: false))];
}

internal sealed record ChatMessage(string Ts, string ChannelId, string ChannelName, string UserId, string Text, string? ThreadTs)
{
    public const string Table = "messages";
}

/// <summary>The chat's actions: what is posted is kept.</summary>
internal static class ChatActions
{
    private static readonly (string Id, string Name, string Email)[] Members =
    [
        ("U0000000001", "Sam Supervisor", "sam@example.com"), ("U0000000002", "Dana Developer", "dana@example.com"), ("U0000000003", "Alex Agent", "alex@example.com"),
    ];

    public static IEnumerable<KeyValuePair<string, Func<ActionCall, ActionResult>>> All =>
    [
        new("SLACK_SEND_MESSAGE", Send),
        new("SLACK_SENDS_A_MESSAGE_TO_A_SLACK_CHANNEL", Send),
        new("SLACK_CREATE_CHANNEL", Create),
        new("SLACK_LIST_ALL_CHANNELS", call => ActionResult.Ok(new JsonObject { ["ok"] = true, ["channels"] = new JsonArray([.. call.State.All<ChatChannel>(ChatChannel.Table).Take(call.Number("limit", 100)).Select(View)]) })),
        new("SLACK_FETCH_CONVERSATION_HISTORY", History),
        new("SLACK_FIND_USERS", FindUsers),
    ];

    private static ActionResult Send(ActionCall call)
    {
        if (Find(call, call.Text("channel")) is not { } channel)
        {
            return ActionResult.Fail($"channel_not_found: no channel '{call.Text("channel")}'", new JsonObject { ["ok"] = false, ["error"] = "channel_not_found" });
        }

        if ((call.Text("markdown_text") ?? call.Text("text") ?? call.Text("blocks") ?? call.Text("attachments")) is not { } text)
        {
            return ActionResult.Fail("no_text: one of markdown_text, text, blocks, attachments is required", new JsonObject { ["ok"] = false, ["error"] = "no_text" });
        }

        var ts = string.Create(CultureInfo.InvariantCulture, $"{call.Now.ToUnixTimeSeconds()}.{call.State.Count(ChatMessage.Table) + 1:D6}");
        call.State.Put(ChatMessage.Table, ts, new ChatMessage(ts, channel.Id, channel.Name, call.UserId, text, call.Text("thread_ts")));
        return ActionResult.Ok(new JsonObject
        {
            ["ok"] = true,
            ["channel"] = channel.Id,
            ["channel_name"] = channel.Name,
            ["ts"] = ts,
            ["message"] = new JsonObject { ["type"] = "message", ["text"] = text, ["ts"] = ts, ["user"] = "U0000000099", ["bot_id"] = "B0000000001" },
        });
    }

    private static ActionResult Create(ActionCall call)
    {
        var name = call.Text("name")!.TrimStart('#');
        if (call.State.All<ChatChannel>(ChatChannel.Table).Any(channel => channel.Name == name))
        {
            return ActionResult.Fail($"name_taken: the channel '{name}' already exists", new JsonObject { ["ok"] = false, ["error"] = "name_taken" });
        }

        var created = new ChatChannel(string.Create(CultureInfo.InvariantCulture, $"C{call.State.Count(ChatChannel.Table) + 1:D10}"), name, call.Arguments.Bool("is_private") == true);
        call.State.Put(ChatChannel.Table, created.Id, created);
        return ActionResult.Ok(new JsonObject { ["ok"] = true, ["channel"] = View(created) });
    }

    private static ActionResult History(ActionCall call) => Find(call, call.Text("channel")) is { } channel
        ? ActionResult.Ok(new JsonObject
        {
            ["ok"] = true,
            ["messages"] = new JsonArray([.. call.State.All<ChatMessage>(ChatMessage.Table).Where(message => message.ChannelId == channel.Id).Reverse().Take(call.Number("limit", 100))
                .Select(message => new JsonObject { ["type"] = "message", ["ts"] = message.Ts, ["text"] = message.Text, ["thread_ts"] = message.ThreadTs })]),
        })
        : ActionResult.Fail($"channel_not_found: no channel '{call.Text("channel")}'");

    private static ActionResult FindUsers(ActionCall call) => ActionResult.Ok(new JsonObject
    {
        ["ok"] = true,
        ["members"] = new JsonArray([.. Members.Where(member => $"{member.Name} {member.Email}".Contains(call.Text("search_query")!, StringComparison.OrdinalIgnoreCase))
            .Select(member => new JsonObject { ["id"] = member.Id, ["real_name"] = member.Name, ["email"] = member.Email })]),
    });

    private static ChatChannel? Find(ActionCall call, string? channel)
    {
        var name = channel?.TrimStart('#');
        return call.State.All<ChatChannel>(ChatChannel.Table).FirstOrDefault(found => found.Id == name || found.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    private static JsonObject View(ChatChannel channel) => new() { ["id"] = channel.Id, ["name"] = channel.Name, ["is_private"] = channel.IsPrivate, ["is_channel"] = true };
}
