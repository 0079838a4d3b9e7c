using System.Text.Json.Nodes;
using Weft.Agents.Json;
using Weft.Language;
using Weft.Workflows.Durable;

namespace Weft.Agents.Memory;

/// <summary>Reads and changes conversations. Writers that meet take turns; a change that was made already is not made again.</summary>
internal sealed class ConversationMemory(ConversationRecords records, TimeProvider time)
{
    /// <summary>How often a writer that lost its race tries again, with growing random waits: enough for a hundred at once.</summary>
    private const int Tries = 60;

    /// <summary>How long answers are kept for calls that are delivered again.</summary>
    private static readonly TimeSpan AnswerLife = TimeSpan.FromDays(1);

    public async Task<JsonObject> ReadAsync(
        MemoryAddress address, MemoryPolicy policy, int limit, int offset, CancellationToken cancellationToken)
    {
        var head = await HeadAsync(address, cancellationToken);
        if (head is null)
        {
            return new JsonObject { ["messages"] = new JsonArray(), ["count"] = 0, ["key"] = address.Key, ["total_count"] = 0,
                ["has_more"] = false };
        }

        // The newest are what a prompt needs: the limit counts from the end.
        var from = Math.Max(head.First, head.Next - limit - offset);
        var to = Math.Max(head.First, head.Next - offset);
        var messages = to <= from ? [] : await records.MessagesAsync(address.Partition, head, from, (int)(to - from), cancellationToken);
        var kept = policy.Retention is { } age ? messages.Where(m => Now - m.Message.At <= age) : messages;
        var list = new JsonArray([.. kept.Select(m => m.Message.ToJson())]);
        if (head.Summary is { } summary && from == head.First)
        {
            list.Insert(0, new JsonObject { ["role"] = "system", ["content"] = summary });
        }

        return new JsonObject
        {
            ["messages"] = list,
            ["count"] = list.Count,
            ["key"] = address.Key,
            ["total_count"] = head.Count,
            ["has_more"] = from > head.First,
        };
    }

    public Task<JsonNode?> AppendAsync(
        MemoryAddress address, MemoryPolicy policy, IReadOnlyList<MemoryMessage> messages, CancellationToken cancellationToken) =>
        ChangeAsync(
            address,
            async head =>
            {
                var kept = policy.Keepable(messages);
                var added = Number(kept, head.Next);
                var grown = head with
                {
                    Next = head.Next + kept.Count,
                    Tokens = head.Tokens + added.Sum(a => a.Tokens),
                    ExpiresAt = Now + policy.Ttl,
                };
                var trimmed = await TrimAsync(address, policy, grown, added, cancellationToken);
                var output = new JsonObject { ["success"] = true, ["appended"] = kept.Count, ["total_count"] = trimmed.Count,
                    ["key"] = address.Key };
                return new Change(trimmed, [.. added.Where(a => a.Number >= trimmed.First)], output);
            },
            cancellationToken);

    public Task<JsonNode?> WriteAsync(
        MemoryAddress address, MemoryPolicy policy, IReadOnlyList<MemoryMessage> messages, CancellationToken cancellationToken) =>
        ChangeAsync(
            address,
            head =>
            {
                var kept = policy.Keepable(messages);
                var added = Number(kept, 0);
                var fresh = new ConversationHead
                {
                    Generation = head.Generation + 1,
                    Next = kept.Count,
                    Tokens = added.Sum(a => a.Tokens),
                    ExpiresAt = Now + policy.Ttl,
                };
                var output = new JsonObject { ["success"] = true, ["count"] = kept.Count, ["key"] = address.Key };
                return Task.FromResult(new Change(fresh, added, output));
            },
            cancellationToken);

    public async Task<JsonNode?> ClearAsync(MemoryAddress address, bool backup, CancellationToken cancellationToken)
    {
        string? copy = null;
        if (backup && await HeadAsync(address, cancellationToken) is { Count: > 0 } head)
        {
            copy = $"{address.Key}:backup:{Now:yyyyMMddHHmmss}";
            await CopyAsync(address, head, address with { Key = copy }, cancellationToken);
        }

        return await ChangeAsync(
            address,
            current =>
            {
                var output = new JsonObject { ["success"] = true, ["key"] = address.Key, ["messages_cleared"] = current.Count,
                    ["backup_created"] = copy is not null };
                if (copy is not null)
                {
                    output["backup_key"] = copy;
                }

                return Task.FromResult(new Change(new ConversationHead { Generation = current.Generation + 1 }, [], output));
            },
            cancellationToken);
    }

    public async Task<JsonNode?> DeleteAsync(MemoryAddress address, CancellationToken cancellationToken)
    {
        await records.DeleteAllAsync(address.Partition, cancellationToken);
        return new JsonObject { ["success"] = true, ["key"] = address.Key };
    }

    public async Task<JsonNode?> FlushAsync(
        MemoryAddress address, MemoryPolicy policy, JsonObject? settings, CancellationToken cancellationToken)
    {
        var force = settings.Flag("force") ?? false;
        var dryRun = settings.Flag("dry_run") ?? false;
        if (dryRun)
        {
            var head = await HeadAsync(address, cancellationToken) ?? new ConversationHead();
            var answer = FlushAnswer(address, head, summary: false);
            answer["dry_run"] = true;
            answer["would_flush"] = head.Count > 1 && (force || Fill(head, policy) >= policy.FlushAt);
            return answer;
        }

        return await ChangeAsync(
            address,
            async head =>
            {
                if (head.Count <= 1 || !(force || Fill(head, policy) >= policy.FlushAt))
                {
                    return new Change(head, [], FlushAnswer(address, head, summary: false));
                }

                var flushed = await DropAsync(address, policy, head, head.First + Math.Max(1, head.Count / 2), cancellationToken);
                return new Change(flushed, [], FlushAnswer(address, flushed, summary: policy.FlushType == "hybrid_summary"));
            },
            cancellationToken);
    }

    public async Task<JsonNode?> HealthAsync(MemoryAddress address, MemoryPolicy policy, CancellationToken cancellationToken)
    {
        var head = await HeadAsync(address, cancellationToken) ?? new ConversationHead();
        var answer = Facts(address, policy, head);
        answer.Insert(0, "healthy", true);
        answer["current_tokens"] = head.Tokens;
        return answer;
    }

    public async Task<JsonNode?> StatsAsync(
        MemoryAddress address, MemoryPolicy policy, JsonObject? settings, CancellationToken cancellationToken)
    {
        var head = await HeadAsync(address, cancellationToken) ?? new ConversationHead();
        var answer = Facts(address, policy, head);
        if (head.Count > 0)
        {
            var messages = await records.MessagesAsync(address.Partition, head, head.First, 10_000, cancellationToken);
            answer["avg_tokens_per_message"] = Math.Round((double)head.Tokens / head.Count, 1);
            answer["role_distribution"] = new JsonObject(messages.GroupBy(m => m.Message.Role, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => KeyValuePair.Create(g.Key, (JsonNode?)g.Count())));
            if (settings.Flag("include_content") ?? false)
            {
                answer["messages"] = new JsonArray([.. messages.TakeLast(100).Select(m => m.Message.ToJson())]);
            }
        }

        return answer;
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Makes a change on the state as it is, again when somebody else was faster.</summary>
    private async Task<JsonNode?> ChangeAsync(
        MemoryAddress address, Func<ConversationHead, Task<Change>> make, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await records.AnsweredAsync(address.Partition, address.Call, cancellationToken) is { } answered)
            {
                return answered;
            }

            var (head, tag) = await records.ReadHeadAsync(address.Partition, cancellationToken);
            var change = await make(Alive(head));
            var next = change.Head with { UpdatedAt = Now };
            if (await records.CommitAsync(address.Partition, next, tag, change.Added, address.Call, change.Output, cancellationToken))
            {
                if (head is not null && (next.First != head.First || next.Generation != head.Generation))
                {
                    await records.SweepAsync(address.Partition, next, Now - AnswerLife, cancellationToken);
                }

                return change.Output;
            }

            if (attempt == Tries)
            {
                throw new ActivityException(
                    "memory_busy", Fault.Contended,
                    $"The memory '{address.Memory}' under '{address.Key}' was changed by others {Tries} times while this call tried to. "
                    + $"Try again, or use more keys.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, Math.Min(10 * attempt, 250))), time, cancellationToken);
        }
    }

    private async Task<ConversationHead?> HeadAsync(MemoryAddress address, CancellationToken cancellationToken)
    {
        var (head, _) = await records.ReadHeadAsync(address.Partition, cancellationToken);
        return head is null || head.ExpiresAt <= Now ? null : head;
    }

    /// <summary>The state that a change starts from: one that has run out counts as empty, and its rows as old.</summary>
    private ConversationHead Alive(ConversationHead? head) =>
        head is null ? new ConversationHead() : head.ExpiresAt <= Now ? new ConversationHead { Generation = head.Generation + 1 } : head;

    /// <summary>Keeps a memory within its limits after it has grown: the oldest go first.</summary>
    private async Task<ConversationHead> TrimAsync(
        MemoryAddress address, MemoryPolicy policy, ConversationHead head, IReadOnlyList<StoredMessage> added,
        CancellationToken cancellationToken)
    {
        var first = policy.MaxMessages is { } most ? Math.Max(head.First, head.Next - most) : head.First;
        if (policy.MaxTokens is { } tokens && head.Tokens > tokens)
        {
            var left = head.Tokens;
            var stored = await records.MessagesAsync(address.Partition, head, head.First, 5_000, cancellationToken);
            foreach (var message in stored.Where(s => added.All(a => a.Number != s.Number)).Concat(added))
            {
                if (left <= tokens || message.Number == head.Next - 1)
                {
                    break;
                }

                left -= message.Tokens;
                first = Math.Max(first, message.Number + 1);
            }
        }

        return first == head.First ? head : await DropAsync(address, policy, head, first, cancellationToken, added);
    }

    private async Task<ConversationHead> DropAsync(
        MemoryAddress address, MemoryPolicy policy, ConversationHead head, long first, CancellationToken cancellationToken,
        IReadOnlyList<StoredMessage>? added = null)
    {
        var stored =
            await records.MessagesAsync(address.Partition, head, head.First, (int)Math.Min(first - head.First, 5_000), cancellationToken);
        var dropped = stored.Concat(added ?? []).Where(m => m.Number < first).DistinctBy(m => m.Number).ToList();
        return head with
        {
            First = first,
            Tokens = Math.Max(0, head.Tokens - dropped.Sum(m => m.Tokens)),
            LastFlush = Now,
            Summary = policy.FlushType == "hybrid_summary" ? Summarise(head.Summary, dropped, policy.SummaryTokens * 4) : head.Summary,
        };
    }

    /// <summary>What stands for dropped messages: how many, and how they began and ended. No model is asked.</summary>
    private static string? Summarise(string? before, IReadOnlyList<StoredMessage> dropped, int most)
    {
        if (dropped.Count == 0)
        {
            return before;
        }

        var text = $"Summary of {dropped.Count} messages: {Line(dropped[0])}{(dropped.Count > 1 ? $" … {Line(dropped[^1])}" : "")}";
        text = before is null ? text : $"{text}\n{before}";
        return text.Length <= most ? text : text[..most];
    }

    private static string Line(StoredMessage stored)
    {
        var content = stored.Message.Content.ReplaceLineEndings(" ");
        return $"{stored.Message.Role}: {content.Clip(200)}";
    }

    private static IReadOnlyList<StoredMessage> Number(IReadOnlyList<MemoryMessage> messages, long from) =>
        [.. messages.Select((m, i) => new StoredMessage(from + i, m, ConversationRecords.TokensOf(m)))];

    private static double Fill(ConversationHead head, MemoryPolicy policy)
    {
        var byCount = policy.MaxMessages is { } messages ? (double)head.Count / messages : 0;
        var byTokens = policy.MaxTokens is { } tokens ? (double)head.Tokens / tokens : 0;
        return Math.Max(byCount, byTokens);
    }

    private async Task CopyAsync(MemoryAddress from, ConversationHead head, MemoryAddress to, CancellationToken cancellationToken)
    {
        var messages = await records.MessagesAsync(from.Partition, head, head.First, 100_000, cancellationToken);
        var part = 0;
        foreach (var chunk in messages.Select(m => m.Message).Chunk(MemoryMessage.MaxPerRequest))
        {
            var plain = new MemoryPolicy { Strategy = "buffer" };
            await AppendAsync(to with { Call = $"{to.Call}/{part++}" }, plain, chunk, cancellationToken);
        }
    }

    private static JsonObject FlushAnswer(MemoryAddress address, ConversationHead head, bool summary) => new()
    {
        ["success"] = true,
        ["key"] = address.Key,
        ["summary_generated"] = summary,
        ["message_count"] = head.Count,
        ["token_count"] = head.Tokens,
    };

    private static JsonObject Facts(MemoryAddress address, MemoryPolicy policy, ConversationHead head)
    {
        var facts = new JsonObject
        {
            ["key"] = address.Key,
            ["token_count"] = head.Tokens,
            ["message_count"] = head.Count,
            ["actual_strategy"] = policy.Strategy,
        };
        if (head.LastFlush is { } flushed)
        {
            facts["last_flush"] = flushed;
        }

        return facts;
    }

    private sealed record Change(ConversationHead Head, IReadOnlyList<StoredMessage> Added, JsonNode? Output);
}
