namespace Weft.Runtime.Queues;

/// <summary>What is to be done with a message that was looked at.</summary>
public abstract record MessageDisposition
{
    /// <summary>Its execution is started, durably: settle it.</summary>
    public sealed record Complete(string ExecutionId, bool Repeated) : MessageDisposition;

    /// <summary>No further delivery can help: put it aside, with the reason.</summary>
    public sealed record DeadLetter(string Reason, string Description) : MessageDisposition;

    /// <summary>Something passing is in the way: deliver it again, up to the queue's limit.</summary>
    public sealed record Abandon(string Reason) : MessageDisposition;
}
