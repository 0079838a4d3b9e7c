using static Weft.Language.Shapes.Of;

namespace Weft.Language.Shapes;

/// <summary>Shapes of the steps dialect.</summary>
internal static class StepShapes
{
    private static readonly ConditionShape Condition = new("expr");

    public static readonly VariantShape Step = new("step", "a step", "type", "action", () => new Dictionary<string, ObjectShape>
    {
        ["action"] = new("action_step", "an action step", () =>
        [
            .. Shared,
            Key("app", Text, "The app, such as `github`."),
            Needed("action", Text, "The app's action, such as `create_issue`."),
            Key("params", DataMap, "Its arguments, as templates.").Or("with"),
            Key("condition", Condition, "The step is skipped unless it holds."),
            Key("on_unknown_outcome", Word("fail", "retry", "ask"), "What to do about a call that may or may not have taken effect.",
                "fail"),
        ]),
        ["condition"] = new("condition_step", "a condition step", () =>
        [
            .. Shared,
            Needed("condition", Condition, "What must hold for the rest to run."),
            Key("then", Text, "The step to go to when it holds.", "the next one"),
            Key("else", Text, "The step to go to when it does not.", "the end"),
        ]),
        ["transform"] = new("transform_step", "a transform step", () =>
        [
            .. Shared,
            Needed("transform", Data, "The data it makes, as templates."),
            Key("condition", Condition, "The step is skipped unless it holds."),
        ]),
    });

    public static readonly Shape List = Filled(Step);

    private static IEnumerable<Key> Shared =>
    [
        Key("name", Text, "Its name: others read its result as `steps.name.output`.", "step_0, step_1 …").Or("id"),
        Key("type", Word("action", "condition", "transform"), "What kind of step it is.", "action"),
        Key("description", Text, "What it is for."),
        Key("outputs", Data, "Templates whose result replaces the output; they see it as `output`."),
        Key("on_error", Text, "What a failure leads to: `fail`, `continue`, or a step's name.", "fail"),
        Key("retry", CommonShapes.Retry, "How it is retried.").Or("retry_config"),
        Key("timeout", Duration, "The longest time of the whole step, retries included."),
    ];
}
