using System.Globalization;
using Weft.Workflows.Durable;

namespace Weft.Workflows.Sequences;

/// <summary>What all lists of one sequence share: the guard against endless runs, and the names of runs.</summary>
/// <param name="mostRuns">The most task runs of one execution.</param>
internal sealed class SequenceState(int mostRuns = SequenceState.MostRuns)
{
    /// <summary>The most task runs of one execution, unless a test asks for fewer.</summary>
    public const int MostRuns = 10_000;

    /// <summary>The most levels of tasks in tasks.</summary>
    public const int DeepestNesting = 20;

    private readonly Dictionary<string, int> _visits = new(StringComparer.Ordinal);
    private readonly HashSet<string> _adopted = new(StringComparer.Ordinal);
    private int _runs;

    /// <summary>Gets the failure that no handler may take: the guard's.</summary>
    public FailureDetails? Fatal { get; private set; }

    /// <summary>Counts a run. False: there were too many, and the execution must end.</summary>
    public bool Enter(string id, int depth)
    {
        if (++_runs > mostRuns)
        {
            Fatal ??= new FailureDetails(
                "too_many_steps",
                $"The execution has run {mostRuns:N0} tasks, and stops before '{id}'. Do its transitions go round in a circle? Use a "
                + $"loop task with max_iterations, or split the work into sub-workflows.",
                NonRetryable: true);
        }
        else if (depth > DeepestNesting)
        {
            Fatal ??= new FailureDetails("too_deep",
                $"The task '{id}' is nested deeper than {DeepestNesting} levels. Move some into a workflow of their own.",
                NonRetryable: true);
        }

        return Fatal is null;
    }

    /// <summary>The name of a run: its path, and its number when it is not the first there.</summary>
    public string KeyOf(string path)
    {
        var visit = _visits.GetValueOrDefault(path) + 1;
        _visits[path] = visit;
        return visit == 1 ? path : string.Create(CultureInfo.InvariantCulture, $"{path}~{visit}");
    }

    /// <summary>Whether a rerun's adopted task is taken as done: once, on its first visit.</summary>
    public bool Adopt(string id) => _adopted.Add(id);
}
