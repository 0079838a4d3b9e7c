using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Shapes;
using Weft.Language.Source;
using static Weft.Language.Shapes.Of;

namespace Weft.Language.Loading;

/// <summary>Tasks that run a task for each item of a list.</summary>
internal static class CollectionForm
{
    public static readonly TaskForm Form = new("collection", Keys, Bind);

    private static IEnumerable<Key> Keys() =>
    [
        Needed("items", Data, "The items: a template, a list, a mapping, or a range such as `1..5`."),
        Key("filter", Template, "The template that keeps an item."),
        Key("item_var", Id, "The name of the item.", "item"),
        Key("index_var", Id, "The name of its place, from 0.", "index"),
        Key("mode", Word("parallel", "sequential"), "Whether items run at the same time.", "parallel"),
        Key("batch", Whole(0, 10_000), "The size of batches that run one after another; 0: none.", "0"),
        Key("strategy", ParallelForm.Strategy, "When it is done, and what counts as success.", "wait_all"),
        Key("max_workers", Whole(0, 1000), "The most items at once; 0: no limit.", "0"),
        Key("task", TaskForms.Task, "What runs for each item."),
        Key("tasks", Filled(TaskForms.Task), "What runs for each item, one after another."),
    ];

    private static CollectionTask? Bind(TaskLoader loader, TaskSource it)
    {
        var one = it.Map.Map("task");
        var several = it.Map.Value("tasks") as SourceList;
        if (one is not null && several is not null)
        {
            loader.Bag.Error(
                DiagnosticCodes.Exclusive,
                it.Map.Find("tasks")!.Value.Key,
                "'tasks' and 'task' both say what runs for each item. Keep one of them.");
        }
        else if (one is null && several is null && !it.Map.Has("task") && !it.Map.Has("tasks"))
        {
            loader.Bag.Error(DiagnosticCodes.Missing, it.Map, "A collection task needs 'task' (or 'tasks'): what runs for each item.");
        }

        if (one is not null)
        {
            loader.WarnOfTransitions(one, "the task of a collection");
        }

        var task = one is not null
            ? loader.Task(one, it.Depth + 1, inCollection: true)
            : new CompositeTask
            {
                Id = $"{it.Id}-{{{{ .{it.Map.Text("index_var") ?? "index"} }}}}",
                Tasks = loader.List(several?.Items.OfType<SourceMap>() ?? [], it.Depth + 2, inCollection: true),
                Source = it.Map.Span,
            };
        return task is null ? null : new CollectionTask
        {
            Id = it.Id,
            Items = it.Map.Json("items"),
            Filter = it.Map.Text("filter"),
            ItemVar = it.Map.Text("item_var") ?? "item",
            IndexVar = it.Map.Text("index_var") ?? "index",
            Sequential = it.Map.Text("mode") == "sequential",
            Batch = it.Map.Int("batch") ?? 0,
            MaxWorkers = it.Map.Int("max_workers") ?? 0,
            Strategy = ParallelForm.StrategyOf(it.Map),
            Task = task,
        };
    }
}
