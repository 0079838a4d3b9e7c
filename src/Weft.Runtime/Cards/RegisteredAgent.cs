using Weft.Language.Definitions;

namespace Weft.Runtime.Cards;

/// <summary>An agent as the registry has it.</summary>
/// <param name="Card">What it can do.</param>
/// <param name="Origin">Where the card came from.</param>
/// <param name="Health">How it did lately; null: it did nothing.</param>
public sealed record RegisteredAgent(AgentCard Card, AgentOrigin Origin, AgentHealth? Health)
{
    /// <summary>Gets a value indicating whether its recent runs went well enough to be chosen.</summary>
    public bool Healthy => Health?.Healthy ?? true;
}
