using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Shapes;
using Weft.Language.Source;
using static Weft.Language.Shapes.Of;

namespace Weft.Language.Loading;

/// <summary>Tasks that repeat tasks.</summary>
internal static class LoopForm
{
    public static readonly TaskForm Form = new("loop", Keys, Bind);

    private static IEnumerable<Key> Keys() =>
    [
        Key("while", TaskForms.Condition, "Must hold before each round."),
        Key("until", TaskForms.Condition, "Ends the loop after a round."),
        Key("max_iterations", Whole(1, 10_000), "The most rounds.", "100"),
        Key("tasks", Filled(TaskForms.Task), "What runs in each round, one after another."),
        Key("task", TaskForms.Task, "What runs in each round."),
    ];

    private static LoopTask Bind(TaskLoader loader, TaskSource it)
    {
        var one = it.Map.Map("task");
        if (one is not null && it.Map.Has("tasks"))
        {
            loader.Bag.Error(
                DiagnosticCodes.Exclusive,
                it.Map.Find("tasks")!.Value.Key,
                "'tasks' and 'task' both say what runs in each round. Keep one of them.");
        }
        else if (one is null && !it.Map.Has("tasks"))
        {
            loader.Bag.Error(DiagnosticCodes.Missing, it.Map, "A loop task needs 'tasks': what runs in each round.");
        }

        if (!it.Map.Has("while") && !it.Map.Has("until") && !it.Map.Has("max_iterations"))
        {
            loader.Bag.Error(
                DiagnosticCodes.Missing,
                it.Map,
                "A loop task needs 'while', 'until' or 'max_iterations', or it would never end.");
        }

        return new LoopTask
        {
            Id = it.Id,
            While = it.Map.Condition(TaskLoader.TextCondition, "while"),
            Until = it.Map.Condition(TaskLoader.TextCondition, "until"),
            MaxIterations = it.Map.Int("max_iterations") ?? 100,
            Tasks = loader.List(one is not null ? [one] : it.Map.Maps("tasks"), it.Depth + 1, it.InCollection),
        };
    }
}
