namespace Weft.Language.Definitions;

/// <summary>What to do about a call that may or may not have taken effect.</summary>
public enum UnknownOutcomePolicy
{
    /// <summary>The step fails, and says so.</summary>
    Fail,

    /// <summary>The call is made again.</summary>
    Retry,

    /// <summary>A person decides, by a signal.</summary>
    Ask,
}
