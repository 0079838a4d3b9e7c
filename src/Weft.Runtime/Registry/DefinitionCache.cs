using System.Collections.Concurrent;

namespace Weft.Runtime.Registry;

/// <summary>Definitions by content hash. What lies under a hash never changes, so nothing here grows stale.</summary>
internal sealed class DefinitionCache(int capacity = 512)
{
    private readonly ConcurrentDictionary<string, CachedDefinition> _definitions = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _oldestFirst = new();

    public CachedDefinition? Find(string contentHash) => _definitions.GetValueOrDefault(contentHash);

    public void Keep(string contentHash, CachedDefinition definition)
    {
        if (!_definitions.TryAdd(contentHash, definition))
        {
            return;
        }

        _oldestFirst.Enqueue(contentHash);
        while (_definitions.Count > capacity && _oldestFirst.TryDequeue(out var oldest))
        {
            _definitions.TryRemove(oldest, out _);
        }
    }
}
