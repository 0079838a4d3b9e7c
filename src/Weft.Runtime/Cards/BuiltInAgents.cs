using Weft.Language.Definitions;
using Weft.Language.Loading;

namespace Weft.Runtime.Cards;

/// <summary>
/// The agents that are always there: one for each way of thinking, and the shipped cards. A card of the same name hides them.
/// </summary>
internal static class BuiltInAgents
{
    private const string CardPrefix = "Weft.Agents.Agents.Cards.";

    private static readonly IReadOnlyList<AgentCard> Types =
    [
        new()
        {
            Name = "simple",
            Type = AgentType.Simple,
            Description = "One call to a model; the answer may have to fit a schema.",
            Capabilities = ["structured_output"],
            DefaultProfile = "fast",
            CostTier = "low",
            AvgLatencyMs = 800,
        },
        new()
        {
            Name = "reasoning",
            Type = AgentType.Reasoning,
            Description = "Thinks and acts with tools in turns until it has the answer.",
            Capabilities = ["tool_calling", "reasoning"],
            DefaultProfile = "balanced",
            CostTier = "medium",
            AvgLatencyMs = 3000,
            MaxIterations = 10,
        },
        new()
        {
            Name = "code",
            Type = AgentType.Code,
            Description = "Plans against a goal, executes the plan with tools, verifies, and plans again.",
            Capabilities = ["planning", "tool_calling", "memory"],
            DefaultProfile = "powerful",
            CostTier = "high",
            AvgLatencyMs = 5000,
            MaxIterations = 20,
        },
        new()
        {
            Name = "supervisor",
            Type = AgentType.Supervisor,
            Description = "Hands parts of the work to other agents and puts their answers together.",
            Capabilities = ["planning", "reasoning"],
            DefaultProfile = "balanced",
            CostTier = "medium",
            AvgLatencyMs = 4000,
        },
    ];

    /// <summary>Gets the agents that work in the name of an unregistered one whose first word they are.</summary>
    public static IReadOnlyList<string> TypeNames { get; } = [.. Types.Select(t => t.Name)];

    public static readonly IReadOnlyList<AgentCard> All = [.. Types, .. ShippedCards()];

    /// <summary>
    /// The built-in agent that an unregistered name asks for by its first word: <c>simple_response_generator</c> works as <c>simple</c>.
    /// </summary>
    public static AgentCard? ByFirstWord(string name)
    {
        var end = name.IndexOfAny(['_', '-']);
        return end <= 0 ? null : Types.FirstOrDefault(a => name[..end] == a.Name);
    }

    private static IEnumerable<AgentCard> ShippedCards()
    {
        var assembly = typeof(BuiltInAgents).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(CardPrefix, StringComparison.Ordinal)).Order(
            StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!); // It was listed a line above.
            yield return AgentCardLoader.Load(reader.ReadToEnd(), name[CardPrefix.Length..]).Card
                ?? throw new InvalidOperationException($"The shipped card {name} does not load.");
        }
    }
}
