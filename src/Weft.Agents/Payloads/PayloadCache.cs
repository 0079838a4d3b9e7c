namespace Weft.Agents.Payloads;

/// <summary>The most recently used payloads, bounded by their bytes. Safe for concurrent use.</summary>
internal sealed class PayloadCache(long capacity)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _newestFirst = [];
    private long _bytes;

    /// <summary>Gets the bytes that are held now.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _bytes;
            }
        }
    }

    public byte[]? Find(string hash)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(hash, out var node))
            {
                return null;
            }

            _newestFirst.Remove(node);
            _newestFirst.AddFirst(node);
            return node.Value.Json;
        }
    }

    public void Keep(string hash, byte[] json)
    {
        if (json.Length > capacity / 4)
        {
            return;
        }

        lock (_gate)
        {
            if (_entries.ContainsKey(hash))
            {
                return;
            }

            _entries[hash] = _newestFirst.AddFirst(new Entry(hash, json));
            _bytes += json.Length;
            while (_bytes > capacity && _newestFirst.Last is { } oldest)
            {
                _newestFirst.RemoveLast();
                _entries.Remove(oldest.Value.Hash);
                _bytes -= oldest.Value.Json.Length;
            }
        }
    }

    private readonly record struct Entry(string Hash, byte[] Json);
}
