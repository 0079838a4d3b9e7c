using Weft.Language;
using Weft.Language.Definitions;

namespace Weft.Workflows.Execution;

/// <summary>The definitions that a host runs, each compiled once. Those that were not used for longest are let go.</summary>
/// <remarks>Safe for concurrent use. It only saves work: a definition that is compiled anew is the same.</remarks>
internal sealed class CompiledWorkflows
{
    /// <summary>The most that are kept.</summary>
    public const int Most = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _known = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _byUse = new();

    /// <summary>The compiled form of a definition.</summary>
    /// <param name="contentHash">The definition's <see cref="ContentHash"/>; empty: histories that don't name it.</param>
    /// <param name="text">The definition as canonical JSON, packed or not.</param>
    /// <exception cref="WeftException">It is no definition, or its graph cannot run.</exception>
    public CompiledWorkflow Of(string contentHash, string text)
    {
        var key = contentHash.Length > 0 ? contentHash : text;
        if (Find(key) is { } known)
        {
            return known;
        }

        // Outside the lock: two that compile the same at once do it twice, and keep one.
        var compiled = new CompiledWorkflow(text);
        lock (_gate)
        {
            if (_known.TryGetValue(key, out var faster))
            {
                return faster.Value.Compiled;
            }

            _known[key] = _byUse.AddFirst(new Entry(key, compiled));
            if (_byUse.Count > Most && _byUse.Last is { } oldest)
            {
                _byUse.RemoveLast();
                _known.Remove(oldest.Value.Key);
            }
        }

        return compiled;
    }

    private CompiledWorkflow? Find(string key)
    {
        lock (_gate)
        {
            if (!_known.TryGetValue(key, out var found))
            {
                return null;
            }

            _byUse.Remove(found);
            _byUse.AddFirst(found);
            return found.Value.Compiled;
        }
    }

    private sealed record Entry(string Key, CompiledWorkflow Compiled);
}
