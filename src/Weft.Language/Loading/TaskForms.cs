using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Shapes;
using Weft.Language.Source;
using static Weft.Language.Shapes.Of;

namespace Weft.Language.Loading;

/// <summary>The types of tasks that a file of the tasks dialect can hold, with the keys that all have.</summary>
internal static class TaskForms
{
    public static readonly ConditionShape Condition = new(TaskLoader.TextCondition);

    /// <summary>Gets the types, in the order in which documents list them.</summary>
    public static IReadOnlyList<TaskForm> All { get; } =
    [
        BasicForm.Form,
        ParallelForm.Form,
        CollectionForm.Form,
        CompositeForm.Form,
        RouterForm.Form,
        new("aggregate", () => [], Aggregate),
        WaitForm.Form,
        SignalForm.Form,
        MemoryForm.Form,
        ApprovalForm.Form,
        LoopForm.Form,
        new("workflow", () => [Needed("workflow", Template, "The workflow that runs as a child.").Or("workflow_id")], (loader, it) =>
            Basic(it, new SubWorkflowStep { WorkflowId = loader.Library.CheckedWorkflow(it.Map.Scalar("workflow")) })),
        new("transform", () => [Key("transform", Data, "The data it makes.").Or("value")], (_, it) =>
            Basic(it, new TransformStep { Value = it.Map.Json("transform") })),
    ];

    public static VariantShape Task { get; } = new("task", "a task", "type", BasicForm.Form.Word, () =>
        All.ToDictionary(f => f.Word, ShapeOf));

    public static Shape List { get; } = Filled(Task);

    /// <summary>The type that a word names; null: none does. Without a word it is a basic task.</summary>
    public static TaskForm? Find(string? word) => All.FirstOrDefault(f => f.Word == (word ?? BasicForm.Form.Word));

    private static BasicTask Basic(TaskSource it, Step step) => new() { Id = it.Id, Step = step };

    private static AggregateTask Aggregate(TaskLoader loader, TaskSource it)
    {
        if (!it.Map.Has("outputs"))
        {
            loader.Bag.Error(DiagnosticCodes.Missing, it.Map, "An aggregate task needs 'outputs': they are all it does.");
        }

        return new AggregateTask { Id = it.Id };
    }

    private static ObjectShape ShapeOf(TaskForm form) => new($"{form.Word}_task", $"{Article(form.Word)} {form.Word} task", () =>
    {
        var keys = form.Keys().ToList();
        var taken = keys.SelectMany(k => k.Spellings).ToHashSet();
        return [.. Shared.Where(k => !taken.Contains(k.Name)), .. keys];
    }) { Hints = HintsFor(form.Word) };

    private static IEnumerable<Key> Shared =>
    [
        Needed("id", Template, "Its id: others read its result as `.tasks.id.output`."),
        Key("type", Word([.. All.Select(f => f.Word)]), "What kind of task it is.", "basic"),
        Key("resource", Text, "What the file holds, for autoload: `task`."),
        Key("name", Text, "What it is called."),
        Key("description", Text, "What it is for."),
        Key("with", Data, "Its input, as templates; inside, it is `.input` and `.with`."),
        Key("outputs", Data, "Templates whose result replaces the output; they see it as `.output`."),
        Key("condition", Condition, "The task is skipped unless it holds."),
        Key("when", Condition, "As `condition`; a router and a wait have a condition of their own besides."),
        Key("on_success", OptionShapes.Next, "The task that comes next."),
        Key("on_error", Either(Word("continue", "fail"), OptionShapes.Next), "The task that handles a failure; `continue` passes over it."),
        Key("final", Bool, "Whether the run ends after it.", "false"),
        Key("sleep", DurationTemplate, "The wait before it starts."),
        Key("timeout", Duration, "The longest time of the whole task, retries included."),
        Key("attempt_timeout", Duration, "The longest time of one attempt."),
        Key("retry", CommonShapes.Retry, "How it is retried.").Or("retry_policy"),
        Key("retries", Whole(0, 99), "Attempts after the first; a short `retry`."),
        Key("env", TextMap, "Environment entries for the task's templates and tools."),
        Key("input", Schema, "The form that its input must have.").Or("input_schema"),
        Key("output", Schema, "The form that its output must have.").Or("output_schema"),
        Key("config", OptionShapes.Config, "Options as the workflow's `config` writes them."),
    ];

    private static Dictionary<string, string> HintsFor(string type) => All
        .Where(f => f.Word != type)
        .SelectMany(f => f.Keys().SelectMany(k => k.Spellings).Select(k => (Key: k, Type: f.Word)))
        .GroupBy(p => p.Key)
        .ToDictionary(g => g.Key, g => $"Tasks of the type {string.Join(", ", g.Select(p => p.Type))} have it.");

    private static string Article(string type) => type[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? "an" : "a";
}
