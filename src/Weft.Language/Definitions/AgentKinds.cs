using System.Collections.Frozen;
using System.Reflection;

namespace Weft.Language.Definitions;

/// <summary>What kinds of agents there are. The rows stand at <see cref="AgentType"/>.</summary>
public static class AgentKinds
{
    private static readonly FrozenDictionary<AgentType, AgentKindAttribute> Rows =
        Enum.GetValues<AgentType>().ToFrozenDictionary(x => x, Row);

    /// <summary>Gets the words for them, in the order in which documents list them.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Enum.GetValues<AgentType>().Select(x => Of(x).Word)];

    /// <summary>The row of a kind.</summary>
    /// <exception cref="WeftException">The value is none that this version knows (code <c>unknown_agent_type</c>).</exception>
    public static AgentKindAttribute Of(AgentType type) => Rows.TryGetValue(type, out var row)
        ? row
        : throw new WeftException(
            "unknown_agent_type", Fault.Invalid, $"There is no agent of type '{type}'. Types: {string.Join(", ", Words)}.");

    /// <summary>The kind that a word names, in whatever case; null: none.</summary>
    public static AgentType? Find(string? word)
    {
        foreach (var (type, row) in Rows)
        {
            if (string.Equals(row.Word, word, StringComparison.OrdinalIgnoreCase))
            {
                return type;
            }
        }

        return null;
    }

    /// <summary>The kind of an agent of a file.</summary>
    /// <param name="word">What the file says; null, or no kind's word: it does not say.</param>
    /// <param name="leads">Whether it is given agents to lead, which decides.</param>
    /// <param name="hasTools">Whether it is given tools, which decides where nothing else does.</param>
    public static AgentType Choose(string? word, bool leads, bool hasTools) => leads
        ? AgentType.Supervisor
        : Find(word) ?? (hasTools ? AgentType.Reasoning : AgentType.Simple);

    private static AgentKindAttribute Row(AgentType type) =>
        typeof(AgentType).GetField(type.ToString())?.GetCustomAttribute<AgentKindAttribute>()
        ?? throw new NotSupportedException($"The agent type {type} has no row. Add an [AgentKind] to {nameof(AgentType)}.{type}.");
}
