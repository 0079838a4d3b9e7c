using System.IO.Enumeration;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Faults;

/// <summary>The faults in force, and how often each has matched and hit. Safe for concurrent use.</summary>
public sealed class FaultPlan
{
    private readonly Lock _lock = new();
    private List<Counted> _rules = [];

    /// <summary>Gets the rules in the order in which they are tried.</summary>
    public IReadOnlyList<FaultRule> Rules
    {
        get { lock (_lock) { return [.. _rules.Select(counted => counted.Rule)]; } }
    }

    /// <summary>Replaces all rules, and starts counting anew.</summary>
    public void Set(params IReadOnlyList<FaultRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var fresh = rules.Select(rule => new Counted(rule.Checked())).ToList();
        lock (_lock)
        {
            _rules = fresh;
        }
    }

    /// <summary>Adds a rule behind those in force.</summary>
    public void Add(FaultRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var counted = new Counted(rule.Checked());
        lock (_lock)
        {
            _rules = [.. _rules, counted];
        }
    }

    /// <summary>Ends all faults.</summary>
    public void Clear() => Set();

    internal IReadOnlyList<FaultCount> Counts()
    {
        lock (_lock)
        {
            return [.. _rules.Select(counted => new FaultCount(counted.Rule, counted.Matched, counted.Hits))];
        }
    }

    /// <summary>Counts the request in every rule that it matches, and returns the first that hits it.</summary>
    internal FaultRule? Next(string target, string? model, string? tool, string path, string body)
    {
        lock (_lock)
        {
            FaultRule? hit = null;
            foreach (var counted in _rules)
            {
                if (!Matches(counted.Rule, target, model, tool, path, body))
                {
                    continue;
                }

                counted.Matched++;
                if (hit is null && Hits(counted.Rule, counted.Matched))
                {
                    counted.Hits++;
                    hit = counted.Rule;
                }
            }

            return hit;
        }
    }

    private static bool Matches(FaultRule rule, string target, string? model, string? tool, string path, string body) =>
        (rule.Target is null || rule.Target == target)
        && (rule.Model is null || (model is not null && FileSystemName.MatchesSimpleExpression(rule.Model, model)))
        && (rule.Tool is null || (tool is not null && FileSystemName.MatchesSimpleExpression(rule.Tool, tool)))
        && (rule.Path is null || path.Contains(rule.Path, StringComparison.OrdinalIgnoreCase))
        && (rule.Contains is null || body.Contains(rule.Contains, StringComparison.OrdinalIgnoreCase));

    private static bool Hits(FaultRule rule, int matched) =>
        (rule.Nth is not { } nth || matched == nth)
        && (rule.First is not { } first || matched <= first)
        && (rule.Every is not { } every || matched % every == 0)
        && (rule.Probability is not { } chance || Digest.Fraction($"{rule.Seed}/{matched}") < chance);

    private sealed class Counted(FaultRule rule)
    {
        public FaultRule Rule { get; } = rule;
        public int Matched { get; set; }
        public int Hits { get; set; }
    }
}
