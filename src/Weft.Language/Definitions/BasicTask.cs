namespace Weft.Language.Definitions;

/// <summary>One step. Without an executor it passes its input through.</summary>
public sealed record BasicTask : TaskDefinition
{
    /// <summary>Gets the work of the task.</summary>
    public required Step Step { get; init; }
}
