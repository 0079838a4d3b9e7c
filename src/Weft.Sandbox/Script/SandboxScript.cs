namespace Weft.Sandbox.Script;

/// <summary>The scripted replies in force. Safe for concurrent use.</summary>
public sealed class SandboxScript
{
    private readonly Lock _lock = new();
    private List<Counted> _rules = [];

    /// <summary>Replaces all rules, and starts counting anew.</summary>
    public void Set(params IReadOnlyList<ScriptRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var fresh = rules.Select(rule => new Counted(rule)).ToList();
        lock (_lock)
        {
            _rules = fresh;
        }
    }

    /// <summary>Goes back to the built-in behaviour.</summary>
    public void Clear() => Set();

    internal IReadOnlyList<ScriptRule> Rules
    {
        get { lock (_lock) { return [.. _rules.Select(counted => counted.Rule)]; } }
    }

    /// <summary>Counts the request in every rule that it matches, and returns the reply of the first that answers it.</summary>
    internal ScriptReply? Next(Conversation talk)
    {
        lock (_lock)
        {
            ScriptReply? reply = null;
            foreach (var counted in _rules.Where(counted => counted.Rule.Match.Fits(talk)))
            {
                counted.Matched++;
                if (counted.Rule.Match.Nth is not { } nth || counted.Matched == nth)
                {
                    reply ??= counted.Rule.Reply;
                }
            }

            return reply;
        }
    }

    private sealed class Counted(ScriptRule rule)
    {
        public ScriptRule Rule { get; } = rule;
        public int Matched { get; set; }
    }
}
