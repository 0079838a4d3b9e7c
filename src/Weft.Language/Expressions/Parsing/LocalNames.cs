namespace Weft.Language.Expressions.Parsing;

/// <summary>Which slot a local name has, while the blocks of a template are read.</summary>
internal sealed class LocalNames
{
    private readonly List<(bool IsLoop, Dictionary<string, int> Slots)> _scopes = [(true, new(StringComparer.Ordinal))];

    private readonly HashSet<int> _loopSlots = [];

    /// <summary>Gets how many slots the template needs.</summary>
    public int Count { get; private set; }

    /// <summary>Opens a block. Jinja's names live as long as the loop around them, Go's as long as any block.</summary>
    public void Open(bool isLoop) => _scopes.Add((isLoop, new(StringComparer.Ordinal)));

    public void Close() => _scopes.RemoveAt(_scopes.Count - 1);

    /// <summary>The slot of a name in its block, made when it is new there.</summary>
    public int Declare(string name, bool inLoop)
    {
        var slots = (inLoop ? _scopes.FindLast(x => x.IsLoop) : _scopes[^1]).Slots;
        if (!slots.TryGetValue(name, out var slot))
        {
            slots[name] = slot = Count++;
        }

        return slot;
    }

    /// <summary>The slots that a name may mean, outermost first.</summary>
    public IEnumerable<int> Find(string name)
    {
        foreach (var (_, slots) in _scopes)
        {
            if (slots.TryGetValue(name, out var slot))
            {
                yield return slot;
            }
        }
    }

    /// <summary>The slot of a name that a loop gives a value before anything can read it.</summary>
    public int DeclareLoop(string name)
    {
        var slot = Declare(name, inLoop: true);
        _loopSlots.Add(slot);
        return slot;
    }

    /// <summary>Whether the slot has a value wherever its name can be read.</summary>
    public bool IsAlwaysSet(int slot) => _loopSlots.Contains(slot);

    public int Hidden() => Count++;

    public IEnumerable<string> Known() => _scopes.SelectMany(x => x.Slots.Keys);
}
