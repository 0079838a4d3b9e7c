namespace Weft.Functions.Queues;

/// <summary>The settings that name the queues of Service Bus.</summary>
internal static class QueueSettings
{
    /// <summary>The queue whose messages start workflows, in any order.</summary>
    public const string Start = "WEFT_START_QUEUE";
}
