namespace Weft.Workflows.Contracts;

/// <summary>Why a model call failed.</summary>
/// <param name="Kind">The word of a <see cref="Failures.ModelFailureKind"/>, or the code of an activity that broke.</param>
/// <param name="Message">What happened; no secrets, no prompt text.</param>
/// <param name="MayTryOther">Whether another model may survive it.</param>
/// <param name="Transient">Whether the same model may survive it a little later.</param>
public sealed record ModelFailure(string Kind, string Message, bool MayTryOther, bool Transient)
{
    /// <summary>Gets the status that the provider answered; null: there was no answer.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>Gets the wait that the provider asked for, in milliseconds; null: none.</summary>
    public long? RetryAfterMs { get; init; }

    /// <summary>Gets the time until the failure, in milliseconds.</summary>
    public long LatencyMs { get; init; }

    /// <summary>Gets what the failed call cost all the same, in USD; null: nothing, or nobody knows.</summary>
    public double? CostUsd { get; init; }
}
