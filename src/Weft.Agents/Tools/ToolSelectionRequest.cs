namespace Weft.Agents.Tools;

/// <summary>Asks for the tool that fits an intent.</summary>
public sealed record ToolSelectionRequest
{
    /// <summary>Gets what somebody wants done, in words.</summary>
    public required string UserIntent { get; init; }

    /// <summary>Gets the entity whose history and connections count; null: nobody's.</summary>
    public string? UserId { get; init; }

    /// <summary>Gets the tools to choose from, as specs; empty: every action that is known.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>Gets the alternatives that are answered: 0 to 20. The default is 2.</summary>
    public int Alternatives { get; init; } = 2;
}
