using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Shapes;
using Weft.Language.Source;
using static Weft.Language.Shapes.Of;

namespace Weft.Language.Loading;

/// <summary>Tasks that wait for a signal.</summary>
internal static class WaitForm
{
    public static readonly TaskForm Form = new("wait", Keys, Bind);

    private static IEnumerable<Key> Keys() =>
    [
        Needed("wait_for", Template, "The signal's name."),
        Key("condition", TaskForms.Condition, "The signal must meet it; it sees `signal` and `processor`."),
        Key("processor", TaskForms.Task, "What runs for each signal before the condition is asked."),
        Key("timeout", DurationTemplate, "The longest wait."),
        Key("on_timeout", OptionShapes.Next, "The task to go to when the time is up."),
    ];

    private static WaitTask Bind(TaskLoader loader, TaskSource it)
    {
        var processor = it.Map.Map("processor");
        if (processor is not null)
        {
            loader.WarnOfTransitions(processor, "the processor of a wait");
            if (processor.Bool("final") == true)
            {
                loader.Bag.Warn(
                    DiagnosticCodes.NoEffect,
                    processor.Find("final")!.Value.Key, // Bool found it
                    "'final' has no effect: a processor runs for each signal. Write it at the wait itself.");
            }
        }

        var onTimeout = TaskLoader.Transition(it.Map.Value("on_timeout"));
        return new WaitTask
        {
            Id = it.Id,
            WaitFor = it.Map.Text("wait_for") ?? "",
            Condition = it.Map.Condition(TaskLoader.TextCondition, "condition"),
            Processor = processor is not null ? loader.Task(processor, it.Depth + 1, it.InCollection) : null,
            OnTimeout = onTimeout?.Next,
            OnTimeoutWith = onTimeout?.With,
            Timeout = it.Map.Text("timeout"),
        };
    }
}
