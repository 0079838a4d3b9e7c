using Weft.Language.Definitions;
using static Weft.Language.Shapes.Of;

namespace Weft.Language.Shapes;

/// <summary>The shape of an agent card: a file of <c>workflows/agents</c>, or the body of a PUT.</summary>
internal static class CardShapes
{
    public static readonly ObjectShape Card = new("agent_card", "an agent card", () =>
    [
        Key("$schema", Text, "The JSON Schema of the file, for editors."),
        Needed("name", Id, "The name that nodes call it by."),
        Needed("type", Word([.. AgentKinds.Words]), Thinks),
        Key("description", Text, "What it is for."),
        Key("capabilities", List(Word("structured_output", "tool_calling", "reasoning", "planning", "memory", "vision", "code_execution")),
            "What it can do; a fallback is chosen by it."),
        Key("supported_models", Texts,
            "The models it was made for: taken after `default_model`, or preferred when a profile ranks them equal."),
        Key("default_model", Text,
            "The model it uses when neither node nor card names a profile; else preferred when the profile ranks models equal."),
        Key("default_profile", Text, "`fast`, `balanced`, `powerful` or `custom`, when a node names none.",
            "by type: `powerful` for code, else `balanced`"),
        Key("max_tokens", Whole(1, 10_000_000), "The longest reply, in tokens.", "4096"),
        Key("supports_streaming", Bool, "Whether its answers can be streamed, for people.", "false"),
        Key("cost_tier", Word("low", "medium", "high"), "What it costs, for people and for filters.", "medium"),
        Key("avg_latency_ms", Whole(1, 3_600_000), "How long it usually takes, in milliseconds, for people.", "2000"),
        Key("requires_tools", Bool, "Whether it is of no use without tools: a node that gives it none fails.", "false"),
        Key("max_tools", Whole(1, 1000), "The most tools that a model is shown."),
        Key("max_iterations", Whole(1, 100), "The most model calls of one run."),
        Key("timeout_seconds", Whole(1, 86_400), "The longest time of one run, in seconds.", "300"),
        Key("system_prompt", Template, "Who it is, as a template.").Or("instructions"),
        Key("temperature", Number(0, 2), "Sampling temperature."),
        Key("output_schema", new MapShape(Any), "The form of its answer when a node gives none."),
        Key("tools", Texts, "The tools it has when a node names none."),
    ]);

    private static string Thinks => $"How it thinks: {string.Join("; ", Enum.GetValues<AgentType>().Select(t => AgentKinds.Of(t).Does))}.";
}
