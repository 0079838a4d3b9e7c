namespace Weft.Language.Definitions;

/// <summary>How a group of children succeeds.</summary>
public enum GroupStrategy
{
    /// <summary>All must succeed; all are awaited.</summary>
    WaitAll,

    /// <summary>All must succeed; the first failure cancels the rest.</summary>
    FailFast,

    /// <summary>At least one must succeed; all are awaited.</summary>
    BestEffort,

    /// <summary>The first success wins (<c>race</c>, <c>wait_any</c>) and cancels the rest.</summary>
    Race,

    /// <summary>The first to finish, well or not, decides (<c>wait_first</c>) and cancels the rest.</summary>
    First,
}
