namespace Weft.Agents.Tools.Records;

/// <summary>How far a tool call has come.</summary>
public enum ToolCallStatus
{
    /// <summary>It was about to be made. Without more, nobody knows whether it took effect.</summary>
    Started,

    /// <summary>It took effect, and its answer is recorded.</summary>
    Succeeded,

    /// <summary>It did not take effect, or the tool says that it failed.</summary>
    Failed,
}
