using System.Text.Json;
using System.Text.Json.Serialization;
using Weft.Language;

namespace Weft.Workflows.Contracts;

/// <summary>What a running execution publishes as its custom status: small whatever the size of the workflow.</summary>
public sealed record ExecutionProgress
{
    /// <summary>Gets how the execution stands.</summary>
    public ExecutionStatus Status { get; init; } = ExecutionStatus.Running;

    /// <summary>Gets how many nodes the definition has; more may run, where lists are worked item by item.</summary>
    public int NodesTotal { get; init; }

    /// <summary>Gets how many nodes completed.</summary>
    public int NodesCompleted { get; init; }

    /// <summary>Gets how many nodes were skipped.</summary>
    public int NodesSkipped { get; init; }

    /// <summary>Gets how many nodes failed.</summary>
    public int NodesFailed { get; init; }

    /// <summary>Gets what models cost so far, in USD.</summary>
    public double CostUsd { get; init; }

    /// <summary>Gets the nodes that run now: at most 20, fewer where there is no room.</summary>
    public IReadOnlyList<string> Running { get; init; } = [];

    /// <summary>Gets the last nodes that ended, newest last: at most 20, without previews when they would not fit.</summary>
    public IReadOnlyList<NodeTrace> Recent { get; init; } = [];

    /// <summary>Gets what it waits for, when it waits for a signal or a person: as many as there is room for, oldest first.</summary>
    public IReadOnlyList<WaitingFor> Waiting { get; init; } = [];

    /// <summary>Gets how many wait, where there is no room for all of <see cref="Waiting"/>; 0: all are shown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int WaitingTotal { get; init; }

    /// <summary>
    /// As much of it as fits. What ended goes first, then what runs, then what is shown beside a wait; of the waits themselves only what
    /// alone would be too much, and then <see cref="WaitingTotal"/> says how many there are.
    /// </summary>
    /// <param name="length">The most characters of its JSON, some hundreds at least.</param>
    public ExecutionProgress Within(int length) => Shorter().FirstOrDefault(x => x.Fits(length)) ?? WaitsWithin(length);

    private IEnumerable<ExecutionProgress> Shorter()
    {
        yield return this;
        var shorter = this with { Recent = [.. Recent.Select(x => x with { OutputPreview = null, Error = null, Reason = null })] };
        yield return shorter;
        shorter = shorter with { Recent = [.. shorter.Recent.TakeLast(5)], Running = [.. Running.Take(10)] };
        yield return shorter;
        shorter = shorter with { Recent = [] };
        yield return shorter;
        shorter = shorter with { Running = [] };
        yield return shorter;
        yield return shorter with { Waiting = Bare() };
    }

    private ExecutionProgress WaitsWithin(int length)
    {
        var waits = Bare();
        var shortest = this with { Recent = [], Running = [], Waiting = [], WaitingTotal = Math.Max(WaitingTotal, waits.Count) };
        var (fit, least) = (0, waits.Count);
        while (fit < least)
        {
            var more = (fit + least + 1) / 2;
            (fit, least) = (shortest with { Waiting = waits[..more] }).Fits(length) ? (more, least) : (fit, more - 1);
        }

        return shortest with { Waiting = waits[..fit] };
    }

    private List<WaitingFor> Bare() => [.. Waiting.Select(x => x with { Show = null, Choices = null })];

    private bool Fits(int length) => JsonSerializer.Serialize(this, WeftJson.Options).Length <= length;
}
