using System.Text.RegularExpressions;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Brain;

/// <summary>A task that is worked on with tools: what it asks for, what has been done, and what comes next.</summary>
internal sealed partial class ToolTask
{
    /// <summary>How often a call is made that fails in a way that may pass.</summary>
    private const int MaxAttempts = 2;

    private readonly Facts _facts;
    private readonly ModelRequest _request;
    private readonly List<PlannedStep> _steps;
    private readonly TimeProvider _clock;
    private List<DoneCall> _done;
    private readonly string _text;

    public ToolTask(Facts facts, TimeProvider clock)
    {
        _facts = facts;
        _clock = clock;
        _request = facts.Request;
        var at = FindTask(out _steps);
        _text = at < 0 ? facts.LastUser : _request.Turns[at].Text;
        var aboutReturn = _text.Contains("return", StringComparison.OrdinalIgnoreCase);
        var outcomes = _request.Turns.SelectMany(turn => turn.Outcomes).GroupBy(outcome => outcome.CallId).ToDictionary(group => group.Key, group => group.Last());
        _done = [.. _request.Turns.Skip(at + 1).SelectMany(turn => turn.Calls)
            .Where(call => outcomes.ContainsKey(call.Id))
            .Select(call => new DoneCall(call, StepResult.Read(outcomes[call.Id], aboutReturn, clock.GetUtcNow())))];
    }

    public DateTimeOffset Now => _clock.GetUtcNow();

    public bool HasActed => _done.Count > 0;

    public bool HasFailed => _done.Count > 0 && (_done.Exists(call => call.Result.IsFinal) || !_done[^1].Result.IsOk);

    public IReadOnlyList<DoneCall> Done => _done;

    /// <summary>Takes steps that somebody else did as the work done.</summary>
    /// <remarks>A failure that a later call of the same tool made good does not count.</remarks>
    public void Adopt(IReadOnlyList<DoneCall> done) =>
        _done = [.. done.Where((call, i) => call.Result.IsOk || !done.Skip(i + 1).Any(later => later.Result.IsOk && later.Call.Name == call.Call.Name))];

    /// <summary>What the steps would need that nobody said.</summary>
    public IReadOnlyList<string> MissingFacts => [.. _steps.SelectMany(step => new ArgumentAuthor(_facts, this, step.Tool, step.Text).Missing()).Distinct(StringComparer.Ordinal)];

    /// <summary>The calls to make now; none when the task is done or cannot go on.</summary>
    public IReadOnlyList<PlannedCall> NextCalls()
    {
        var open = Open();
        if (open.Count == 0)
        {
            return Closing() ?? Forced() ?? [];
        }

        if (_request.AllowParallelCalls && TaskSteps.AsksForParallel(_text))
        {
            var reading = open.Where(step => ToolMatch.IsReading(step.Tool)).ToList();
            return [.. (reading.Count > 0 ? reading : open).Select(Call)];
        }

        return [Call(open[0])];
    }

    /// <summary>The answer once the work is done, naming what the tools said.</summary>
    public string Conclusion() => new Conclusion(_facts, this, _text).Write();

    private List<PlannedStep> Open()
    {
        if (_request.Choice.Kind == ToolChoiceKind.Named || _done.Exists(call => call.Result.IsFinal))
        {
            return [];
        }

        var open = new List<PlannedStep>();
        var left = _done.ToList();
        foreach (var step in _steps)
        {
            var tries = left.Where(call => call.Call.Name == step.Tool.Name && step.IsSame(call.Call)).ToList();
            if (tries.Exists(call => call.Result.IsOk))
            {
                left.Remove(tries.Find(call => call.Result.IsOk)!);
            }
            else if (tries.Count < MaxAttempts)
            {
                open.Add(step);
            }
            else
            {
                return [];
            }
        }

        return [.. open.Where(step => new ArgumentAuthor(_facts, this, step.Tool, step.Text).Missing().Count == 0)];
    }

    private PlannedCall Call(PlannedStep step) => new(step.Tool.Name, new ArgumentAuthor(_facts, this, step.Tool, step.Text).Write());

    /// <summary>A tool that takes the final answer is called with it.</summary>
    private PlannedCall[]? Closing() => _request.Tools.FirstOrDefault(ToolMatch.IsClosing) is { } tool && _request.Choice.Kind != ToolChoiceKind.Named
        ? [new PlannedCall(tool.Name, new ArgumentAuthor(_facts, this, tool, string.Empty).Write())]
        : null;

    /// <summary>A caller that demands a call gets one, the likeliest.</summary>
    private PlannedCall[]? Forced()
    {
        var tool = _request.Choice.Kind switch
        {
            ToolChoiceKind.Named => _request.Tools.FirstOrDefault(tool => tool.Name == _request.Choice.Name),
            ToolChoiceKind.Required => _steps.Select(step => step.Tool).FirstOrDefault() ?? _request.Tools[0],
            _ => null,
        };
        return tool is null ? null : [new PlannedCall(tool.Name, new ArgumentAuthor(_facts, this, tool, _text).Write())];
    }

    /// <summary>The last thing the user said that the tools can do; what was said after it only urges on.</summary>
    private int FindTask(out List<PlannedStep> steps)
    {
        for (var i = _request.Turns.Count - 1; i >= 0; i--)
        {
            if (_request.Turns[i] is { Speaker: Speaker.User } turn && StepsOf(turn.Text) is { Count: > 0 } found)
            {
                steps = found;
                return i;
            }
        }

        steps = [];
        return -1;
    }

    private List<PlannedStep> StepsOf(string text)
    {
        var steps = new List<PlannedStep>();
        foreach (var line in TaskSteps.In(text))
        {
            if (Holds(line) && ToolFor(_request.Tools, line, text) is { } tool)
            {
                AddStep(steps, tool, line);
            }
        }

        return steps;
    }

    /// <summary>The tool for a step; "check that it is …" is about what the task is about.</summary>
    public static ToolSpec? ToolFor(IReadOnlyList<ToolSpec> tools, string step, string task) => ToolMatch.Best(tools, step)
        ?? (Pronoun().IsMatch(step) && ToolMatch.Best([.. tools.Where(ToolMatch.IsReading)], $"{step} {task.TrimStart().Split('\n')[0]}") is { } found ? found : null);

    /// <summary>Adds a step unless it repeats one: the same tool for the same order, address or channel.</summary>
    public static void AddStep(List<PlannedStep> steps, ToolSpec tool, string line)
    {
        var orders = Facts.AllOrders(line);
        foreach (var subject in orders.Count > 1 ? orders : [orders.Count == 1 ? orders[0] : string.Empty])
        {
            var step = new PlannedStep(tool, orders.Count > 1 ? $"{line} (order #{subject})" : line, subject);
            if (!steps.Exists(other => other.Tool == tool && (other.Subject == subject || other.Subject.Length == 0 || subject.Length == 0) && (other.Address == step.Address || other.Address.Length == 0 || step.Address.Length == 0)))
            {
                steps.Add(step);
            }
        }
    }

    /// <summary>Whether the condition of a step ("If high severity, …") holds.</summary>
    public bool Holds(string step)
    {
        if (!step.StartsWith("If ", StringComparison.OrdinalIgnoreCase) || step.IndexOf(',', StringComparison.Ordinal) is not (> 0 and var comma))
        {
            return true;
        }

        var condition = step[3..comma];
        return !Trouble().IsMatch(condition) && (!Grave().IsMatch(condition) || new FieldGuess(_facts, this).Severity() is "high" or "critical");
    }

    [GeneratedRegex(@"\b(?:it|its|that|they|this)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Pronoun();

    [GeneratedRegex(@"\b(?:not found|no such|fails?|failed|error|expired|already|too (?:old|late)|missing|unknown|not eligible|ineligible|low|impossible)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Trouble();

    [GeneratedRegex(@"\b(?:high|severe|severity|critical|urgent|serious)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Grave();
}

/// <param name="Tool">What does the step.</param>
/// <param name="Text">What the task says of it.</param>
/// <param name="Subject">The order it is about, when it names one; else empty.</param>
internal sealed record PlannedStep(ToolSpec Tool, string Text, string Subject)
{
    /// <summary>Whom or where it goes to, when the step says so; else empty.</summary>
    public string Address { get; } = Facts.EmailIn(Text) ?? Facts.ChannelIn(Text) ?? string.Empty;

    public bool IsSame(ToolCall call) => Subject.Length == 0 || call.Arguments.Str("order_id") is not { } order || order.TrimStart('#') == Subject;
}

internal sealed record DoneCall(ToolCall Call, StepResult Result);
