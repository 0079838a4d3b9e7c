using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Weft.Language.Schemas;

namespace Weft.Agents.Tools;

/// <summary>
/// Answers of reading actions, kept for a while. Only of apps or tools that ask for it; a write to the same app and entity drops them.
/// </summary>
internal sealed class ResponseCache(IOptions<ToolOptions> options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _newestFirst = [];

    // A write that ends while a read is under way must not leave that read's answer behind.
    private readonly Dictionary<string, long> _writes = new(StringComparer.Ordinal);
    private long _clock;
    private long _forgotten;

    /// <summary>How long an app's answers are kept; null: not at all.</summary>
    public TimeSpan? TtlOf(string app) => options.Value.CacheTtl.TryGetValue(app, out var ttl) ? ttl : null;

    /// <summary>The key of a call: tool, entity and canonical arguments.</summary>
    public static string KeyOf(string tool, string? entityId, JsonObject arguments) =>
        $"{tool}\n{entityId}\n{CanonicalJson.HashOf(arguments)}";

    /// <summary>A mark of now, to be given back to <see cref="Keep"/>.</summary>
    public long Mark()
    {
        lock (_gate)
        {
            return _clock;
        }
    }

    public bool TryFind(string key, out JsonNode? output)
    {
        lock (_gate)
        {
            output = null;
            if (!_entries.TryGetValue(key, out var node))
            {
                return false;
            }

            if (time.GetUtcNow() >= node.Value.Until)
            {
                Remove(node);
                return false;
            }

            _newestFirst.Remove(node);
            _newestFirst.AddFirst(node);
            output = node.Value.Output?.DeepClone();
            return true;
        }
    }

    public void Keep(string key, string app, string? entityId, JsonNode? output, TimeSpan ttl, long mark)
    {
        lock (_gate)
        {
            if (options.Value.CacheEntries == 0 || mark < _forgotten || _writes.GetValueOrDefault(Group(app, entityId)) > mark)
            {
                return;
            }

            if (_entries.TryGetValue(key, out var old))
            {
                Remove(old);
            }

            _entries[key] = _newestFirst.AddFirst(new Entry(key, Group(app, entityId), output?.DeepClone(), time.GetUtcNow() + ttl));
            while (_entries.Count > options.Value.CacheEntries && _newestFirst.Last is { } oldest)
            {
                Remove(oldest);
            }
        }
    }

    /// <summary>Drops what is known of an app and entity, for something was written there.</summary>
    public void Invalidate(string app, string? entityId)
    {
        lock (_gate)
        {
            var group = Group(app, entityId);
            if (_writes.Count > 10_000)
            {
                _writes.Clear();
                _forgotten = _clock + 1;
            }

            _writes[group] = ++_clock;
            for (var node = _newestFirst.First; node is not null;)
            {
                var next = node.Next;
                if (node.Value.Group == group)
                {
                    Remove(node);
                }

                node = next;
            }
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _newestFirst.Remove(node);
        _entries.Remove(node.Value.Key);
    }

    private static string Group(string app, string? entityId) => $"{app}\n{entityId}";

    private sealed record Entry(string Key, string Group, JsonNode? Output, DateTimeOffset Until);
}
