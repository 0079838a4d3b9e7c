using System.Text.Json.Nodes;
using Weft.Sandbox.Chat;
using Weft.Sandbox.Json;
using Weft.Sandbox.Knowledge;
using Weft.Sandbox.Sample;

namespace Weft.Sandbox.Script;

/// <summary>How far the work of a script has come: the steps that are left, whether it is over, and what is to be said of it.</summary>
internal sealed class TaskProgress
{
    /// <summary>How often a call is made that fails.</summary>
    private const int MaxAttempts = 2;

    private readonly Conversation _talk;
    private readonly ScriptReply _script;
    private readonly ScriptEnd? _end;
    private readonly bool _isOver;

    /// <param name="script">The work.</param>
    /// <param name="ends">What ends it besides what it says itself.</param>
    /// <param name="talk">The conversation in which it is done.</param>
    public TaskProgress(ScriptReply script, IReadOnlyList<ScriptEnd> ends, Conversation talk)
    {
        (_script, _talk) = (script, talk);
        var wording = new Wording(talk.Values.Find);
        var failed = talk.Made.LastOrDefault(call => call.Error is not null && !IsDone(call.Tool, after: call));
        talk.Values.Set("error", failed?.Error);
        _end = (script.Ends ?? []).Concat(ends).FirstOrDefault(end => wording.Holds(end.When));
        _isOver = _end is { Retry: false } || (failed is not null && Failures(failed.Tool) >= MaxAttempts);
        talk.Values.Set("succeeded", _end is null);
        talk.Values.Set("retry", _end is { Retry: true });
        talk.Values.Set("facts", talk.Values.Facts("_id", "_url", "_number"));
        talk.Values.Set("answer", wording.Say(_end is null ? script.Answer ?? [] : [_end.Answer]));
    }

    /// <summary>The steps to do, in order; none when the work is done or over.</summary>
    public IEnumerable<ScriptStep> Open => _isOver ? []
        : (_script.Steps ?? [.. _talk.Offered.Select(tool => new ScriptStep { Call = tool.Name })]).Where(IsOpen);

    /// <summary>The call that does a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="later">Stands in for values that earlier steps of a plan will give.</param>
    public ToolCall CallOf(ScriptStep step, Func<string, string?> later)
    {
        var tool = _talk.Find(step.Call) ?? new ToolSpec(step.Call, string.Empty, []);
        var given = (JsonObject)new Wording(_talk.Values.Find, later).Fill(step.With)!; // An object fills to one.
        var arguments = new SchemaSampler(new SchemaDocument(tool.Schema), _talk.Values).Arguments(given);
        return new ToolCall(tool.Name, arguments);
    }

    private bool IsOpen(ScriptStep step)
    {
        var tool = ToolNames.Key(step.Call);
        return !IsDone(tool, after: null) && (_talk.Offered.Count == 0 || _talk.Find(tool) is not null)
            && (step.When is not { } when || new Wording(_talk.Values.Find).Holds(when));
    }

    private bool IsDone(string tool, MadeCall? after) =>
        _talk.Made.SkipWhile(call => after is not null && call != after).Any(call => call.Tool == tool && call.Error is null);

    private int Failures(string tool) => _talk.Made.Count(call => call.Tool == tool && call.Error is not null);
}
