using System.IO.Enumeration;
using Weft.Sandbox.Brain;
using Weft.Sandbox.Json;

namespace Weft.Sandbox;

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

    internal ModelReply? Next(ModelRequest request)
    {
        lock (_lock)
        {
            ModelReply? reply = null;
            foreach (var counted in _rules)
            {
                if (!Matches(counted.Rule.Match, request))
                {
                    continue;
                }

                counted.Matched++;
                if (reply is null && (counted.Rule.Match.Nth is not { } nth || counted.Matched == nth))
                {
                    reply = ToReply(counted.Rule.Reply);
                }
            }

            return reply;
        }
    }

    private static bool Matches(ScriptMatch match, ModelRequest request) =>
        (match.Model is null || FileSystemName.MatchesSimpleExpression(match.Model, request.Model))
        && (match.Provider is null || match.Provider == request.Provider)
        && (match.Contains is null || request.Turns.Any(turn => turn.AllText().Contains(match.Contains, StringComparison.OrdinalIgnoreCase)))
        && (match.SchemaHas is null || request.Schema.Obj("properties")?.ContainsKey(match.SchemaHas) == true)
        && (match.Tool is null || request.Tools.Any(tool => tool.Name == match.Tool));

    private static ModelReply ToReply(ScriptReply reply) => new()
    {
        Text = reply.Json is { } json ? SandboxJson.Text(json) : reply.Text ?? string.Empty,
        Calls = [.. (reply.ToolCalls ?? []).Select(call => new PlannedCall(call.Name, (System.Text.Json.Nodes.JsonObject)call.Arguments.DeepClone()))],
        Finish = reply.Refusal ? FinishKind.Refusal : reply.ToolCalls is { Count: > 0 } ? FinishKind.ToolCalls : FinishKind.Stop,
    };

    private sealed class Counted(ScriptRule rule)
    {
        public ScriptRule Rule { get; } = rule;
        public int Matched { get; set; }
    }
}
