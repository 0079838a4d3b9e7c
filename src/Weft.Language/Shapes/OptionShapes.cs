using static Weft.Language.Shapes.Of;

namespace Weft.Language.Shapes;

/// <summary>Options of tasks, as a project's, a workflow's and a task's <c>config</c> hold them.</summary>
internal static class OptionShapes
{
    private const string NoWorkers = "steps are not handed to workers that could be slow to take them or fall silent.";

    /// <summary>The task that comes next: its id, or with what its input gains.</summary>
    public static readonly Shape Next = Either(Text, new ObjectShape("transition", "a transition", () =>
    [
        Needed("next", Text, "The task that comes next."),
        Key("with", DataMap, "What its input gains."),
    ]));

    /// <summary>Gets a task's options.</summary>
    public static IEnumerable<Key> Keys =>
    [
        Key("retry_policy", CommonShapes.Retry, "How it is retried.").Or("retry"),
        Key("start_to_close_timeout", Duration, "The longest time of one attempt."),
        Key("schedule_to_close_timeout", Duration, "The longest time in all, retries included."),
        Key("schedule_to_start_timeout", Duration, "The longest wait for a worker.").Idle(NoWorkers),
        Key("heartbeat_timeout", Duration, "The longest silence of an attempt.").Idle(NoWorkers),
        Key("on_error", Next, "The task that handles a failure."),
    ];

    /// <summary>Gets the options that all steps of a workflow or a project share.</summary>
    public static IEnumerable<Key> Shared =>
        Keys.Select(k => k.Name == "on_error" ? k.Idle("a handler stands at the task whose failure it takes. Write 'on_error' there.") : k);

    public static readonly ObjectShape Config = new("task_config", "a task's config", () => Keys);
}
