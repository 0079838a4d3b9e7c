namespace Weft.Agents.Tools;

/// <summary>Several calls at once.</summary>
public sealed record BatchRequest
{
    /// <summary>Gets the calls: 1 to 100.</summary>
    public required IReadOnlyList<DirectCall> Actions { get; init; }

    /// <summary>Gets the entity of the calls that name none; null: nobody.</summary>
    public string? UserId { get; init; }

    /// <summary>Gets a value indicating whether calls run at the same time. The default is false: one after another.</summary>
    public bool Parallel { get; init; }

    /// <summary>Gets a value indicating whether a failure keeps later calls from starting. The default is false.</summary>
    public bool StopOnError { get; init; }

    /// <summary>Gets the most calls at the same time when they run in parallel: 1 to 32. The default is 3.</summary>
    public int MaxConcurrent { get; init; } = 3;

    /// <summary>Gets a key of the caller's: a repeat makes no call twice. Null: each batch is new.</summary>
    public string? IdempotencyKey { get; init; }
}
