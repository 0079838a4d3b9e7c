using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Shapes;
using Weft.Language.Source;
using static Weft.Language.Shapes.Of;

namespace Weft.Language.Loading;

/// <summary>Tasks that wait for a person.</summary>
internal static class ApprovalForm
{
    public static readonly TaskForm Form = new("approval", Keys, Bind);

    private static IEnumerable<Key> Keys() =>
    [
        Key("approvers", Data, "Who may answer: names, roles or addresses."),
        Key("show", Data, "What is shown.").Or("message"),
        Key("choices", Texts, "What can be answered.", "approve, reject"),
        Key("timeout", DurationTemplate, "The longest wait."),
        Key("default_choice", Text, "The choice that is taken when the time is up."),
        Key("on_timeout", OptionShapes.Next, "The task to go to when the time is up."),
        Key("escalation", new ObjectShape("escalation", "an escalation", () =>
        [
            Needed("after", DurationTemplate, "How long nobody has answered."),
            Needed("to", Data, "Whom to ask then."),
        ]), "Whom to ask next when nobody answers."),
    ];

    private static ApprovalTask Bind(TaskLoader loader, TaskSource it)
    {
        var task = new ApprovalTask { Id = it.Id };
        var choices = it.Map.Has("choices") ? it.Map.Texts("choices") : task.Choices;
        if (it.Map.Scalar("default_choice") is { } choice && !choices.Contains(choice.Text))
        {
            loader.Bag.Error(
                DiagnosticCodes.NotAllowed,
                choice,
                $"'default_choice' must be one of the choices: {string.Join(", ", choices)}.");
        }

        var escalation = it.Map.Map("escalation");
        var onTimeout = TaskLoader.Transition(it.Map.Value("on_timeout"));
        if (onTimeout is not null && it.Map.Has("default_choice"))
        {
            loader.Bag.Warn(
                DiagnosticCodes.NoEffect,
                it.Map.Find("on_timeout")!.Value.Key, // Value found it
                "'on_timeout' has no effect: 'default_choice' answers when the time is up. Keep one of them.");
        }

        return task with
        {
            Approvers = it.Map.Json("approvers"),
            Show = it.Map.Json("show"),
            Choices = choices,
            Timeout = it.Map.Text("timeout"),
            DefaultChoice = it.Map.Text("default_choice"),
            OnTimeout = onTimeout?.Next,
            OnTimeoutWith = onTimeout?.With,
            Escalation = escalation?.Text("after") is { } after ? new EscalationDefinition(after, escalation.Json("to")) : null,
        };
    }
}
