using static Weft.Language.Shapes.Of;

namespace Weft.Language.Shapes;

/// <summary>Shapes of the graph dialect.</summary>
internal static class GraphShapes
{
    public static readonly ConditionShape Condition = new("jmespath");

    public static readonly ObjectShape OnError = new("node_error_policy", "an error policy", () =>
    [
        Key("action", Word("fail", "continue", "route"), "What a failure leads to.",
            "route with `next`, continue with `output`, else fail"),
        Key("next", Text, "The node that handles the failure; it sees it as `error`.").Or("route", "to"),
        Key("output", Data, "The output that stands in for the result."),
    ]);

    public static readonly ObjectShape Node = new("node", "a node", () =>
    [
        Needed("id", Id, "Its id: other nodes read its result as `id.output`."),
        Key("name", Text, "What it is called."),
        Key("description", Text, "What it is for."),
        Key("type", Word("agent", "tool", "transform", "workflow"), "What it does.", "by its keys"),
        Key("agent", Either(Text, CommonShapes.Agent), "The agent that works on it."),
        Key("tool", Either(Text, CommonShapes.Tool), "The one tool it calls, without a model."),
        Key("transform", Data, "The data it makes.").Or("value"),
        Key("workflow", Template, "The workflow it runs as a child.").Or("workflow_id"),
        Key("config", CommonShapes.Config, "How the agent works here."),
        Key("prompt_template", Template, "What is asked (simple agents).").Or("prompt"),
        Key("task", Template, "What is to be done (reasoning agents)."),
        Key("goal", Template, "What is to be reached (code agents)."),
        Key("action", Text, "The action of an agent that has some."),
        Key("system_prompt", Template, "Who the agent is, here."),
        Key("with", Data, "The input, as templates.").Or("input", "params"),
        Key("condition", Condition, "The node is skipped unless it holds."),
        Key("retry", CommonShapes.Retry, "How it is retried."),
        Key("timeout", Duration, "The longest time of the whole node, retries included."),
        Key("attempt_timeout", Duration, "The longest time of one attempt."),
        Key("on_error", Either(Word("fail", "continue"), OnError), "What a failure leads to.", "fail"),
        Key("on_unknown_outcome", Word("fail", "retry", "ask"), "What to do about a tool call that may or may not have taken effect.",
            "fail"),
        Key("outputs", Data, "Templates whose result replaces the output; they see it as `output`."),
    ]);

    public static readonly ObjectShape Edge = new("edge", "an edge", () =>
    [
        Needed("from", Text, "The node it leaves."),
        Needed("to", Text, "The node it leads to, or `END`."),
        Key("condition", Condition, "The edge is taken when it holds; the source's result is `output`."),
        Key("description", Text, "What it is for."),
    ]);

    public static readonly ObjectShape Workflow = new("graph", "the workflow section", () =>
    [
        Needed("nodes", Filled(Node), "The nodes."),
        Key("edges", List(Edge), "The edges."),
    ]);
}
