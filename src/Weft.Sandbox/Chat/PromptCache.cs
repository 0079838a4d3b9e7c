using System.Collections.Concurrent;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Chat;

/// <summary>Which prompt prefixes have been seen, as the services' prompt caches would know them.</summary>
internal sealed class PromptCache
{
    /// <summary>Shorter prefixes are not cached. Source: both services' prompt-caching guides.</summary>
    public const int MinTokens = 1024;

    private const int MaxPrefixes = 4096;
    private readonly ConcurrentDictionary<string, bool> _seen = new();

    /// <summary>Notes a prefix; true when it had been seen before.</summary>
    public bool Hit(string prefix)
    {
        if (_seen.Count >= MaxPrefixes)
        {
            _seen.Clear();
        }

        return !_seen.TryAdd(Digest.Hex(prefix), value: true);
    }
}
