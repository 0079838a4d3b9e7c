using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Shapes;
using Weft.Language.Source;
using static Weft.Language.Shapes.Of;

namespace Weft.Language.Loading;

/// <summary>Tasks whose children run one after another.</summary>
internal static class CompositeForm
{
    public static readonly TaskForm Form = new("composite", Keys, Bind);

    private static IEnumerable<Key> Keys() =>
    [
        Needed("tasks", Filled(TaskForms.Task), "The children, which run one after another."),
        Key("strategy", ParallelForm.Strategy, "Only `wait_all` and `fail_fast`, which say what a composite does."),
    ];

    private static CompositeTask Bind(TaskLoader loader, TaskSource it)
    {
        if (it.Map.Scalar("strategy") is { Text: not ("wait_all" or "fail_fast") } strategy)
        {
            loader.Bag.Error(
                DiagnosticCodes.Strategy,
                strategy,
                "A composite task runs its children one after another and stops at the first failure; "
                + $"'{strategy.Text}' needs a parallel task.");
        }

        return new CompositeTask { Id = it.Id, Tasks = loader.List(it.Map.Maps("tasks"), it.Depth + 1, it.InCollection) };
    }
}
