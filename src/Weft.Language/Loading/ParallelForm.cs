using Weft.Language.Definitions;
using Weft.Language.Shapes;
using Weft.Language.Source;
using static Weft.Language.Shapes.Of;

namespace Weft.Language.Loading;

/// <summary>Tasks whose children run at the same time.</summary>
internal static class ParallelForm
{
    public static readonly TaskForm Form = new("parallel", Keys, Bind);

    /// <summary>The words for when a group of tasks is done.</summary>
    public static readonly Shape Strategy = Word("wait_all", "fail_fast", "best_effort", "race", "wait_any", "wait_first");

    public static GroupStrategy StrategyOf(SourceMap map) => map.Text("strategy") switch
    {
        "fail_fast" => GroupStrategy.FailFast,
        "best_effort" => GroupStrategy.BestEffort,
        "race" or "wait_any" => GroupStrategy.Race,
        "wait_first" => GroupStrategy.First,
        _ => GroupStrategy.WaitAll,
    };

    private static IEnumerable<Key> Keys() =>
    [
        Needed("tasks", Filled(TaskForms.Task), "The children, which run at the same time."),
        Key("strategy", Strategy, "When it is done, and what counts as success.", "wait_all"),
        Key("max_workers", Whole(0, 1000), "The most children at once; 0: no limit.", "0"),
    ];

    private static ParallelTask Bind(TaskLoader loader, TaskSource it)
    {
        foreach (var child in it.Map.Maps("tasks"))
        {
            loader.WarnOfTransitions(child, "a child of a parallel task");
        }

        return new ParallelTask
        {
            Id = it.Id,
            Strategy = StrategyOf(it.Map),
            MaxWorkers = it.Map.Int("max_workers") ?? 0,
            Tasks = loader.List(it.Map.Maps("tasks"), it.Depth + 1, it.InCollection, alone: true),
        };
    }
}
