using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Agents.Json;
using Weft.Language;
using Weft.Workflows.Durable;

namespace Weft.Agents.Memory;

/// <summary>One message of a conversation.</summary>
/// <param name="Role">user, assistant, system or tool.</param>
/// <param name="Content">The text.</param>
/// <param name="At">When it was kept, UTC.</param>
internal sealed record MemoryMessage(string Role, string Content, DateTime At)
{
    /// <summary>The longest content, in bytes of JSON: what fits a row. Longer ones are cut, and end in <see cref="CutMark"/>.</summary>
    public const int MaxContentBytes = 56 * 1024;

    /// <summary>What a content that was cut ends in.</summary>
    public const string CutMark = "… [cut]";

    /// <summary>The most messages in one request.</summary>
    public const int MaxPerRequest = 90;

    /// <summary>Reads what a request wants kept: one message, a list of them, or a plain text of the user's.</summary>
    /// <exception cref="ActivityException">Code <c>invalid_memory_request</c>.</exception>
    internal static IReadOnlyList<MemoryMessage> Read(JsonNode? payload, DateTime now)
    {
        var messages = payload switch
        {
            null => throw Invalid("needs a payload: {role, content}, a list of those, or a text."),
            JsonArray list => list.Select(item => One(item, now)).ToList(),
            JsonObject o when o["messages"] is JsonArray list => list.Select(item => One(item, now)).ToList(),
            _ => [One(payload, now)],
        };
        return messages.Count <= MaxPerRequest ? messages
            : throw Invalid($"takes at most {MaxPerRequest} messages at once, and got {messages.Count}.");
    }

    /// <summary>The message as requests answer it.</summary>
    internal JsonObject ToJson() => new() { ["role"] = Role, ["content"] = Content };

    internal static ActivityException Invalid(string what) => new("invalid_memory_request", Fault.Invalid, "The memory operation " + what);

    private static MemoryMessage One(JsonNode? node, DateTime now)
    {
        string? role = null;
        string? content;
        if (node is JsonObject o)
        {
            role = o.Text("role");
            content = o["content"] is JsonObject or JsonArray ? o["content"]!.ToJsonString(WeftJson.Options) : o.Text("content");
        }
        else
        {
            content = node.Text();
        }

        if (string.IsNullOrEmpty(content))
        {
            throw Invalid("got a message without content.");
        }

        role = string.IsNullOrWhiteSpace(role) ? "user" : role.Trim().ToLowerInvariant();
        if (role is not ("user" or "assistant" or "system" or "tool"))
        {
            throw Invalid($"got a message of the role '{(role.Length > 40 ? role[..40] : role)}'. Roles: user, assistant, system, tool.");
        }

        return new MemoryMessage(role, Cut(content), now);
    }

    private static string Cut(string content)
    {
        // What counts is the row: escapes make a text longer, up to six times.
        for (var mark = ""; ; mark = CutMark)
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(content, WeftJson.Options).Length;
            if (bytes <= MaxContentBytes)
            {
                return content + mark;
            }

            var length = (int)((long)content.Length * MaxContentBytes / bytes * 95 / 100);
            content = content[..(char.IsHighSurrogate(content[length - 1]) ? length - 1 : length)];
        }
    }
}
