namespace Weft.Functions.CloudTests.Bus;

/// <summary>What a queue of the bus holds its messages to; the same words as in the queue's resource.</summary>
internal sealed record BusQueueRules
{
    /// <summary>Gets the deliveries after which a message is put aside; null: any number.</summary>
    public int? MaxDeliveryCount { get; init; } = 10;

    public bool RequiresDuplicateDetection { get; init; }

    public bool RequiresSession { get; init; }

    public TimeSpan LockDuration { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets the largest message with all of its parts, in bytes: what the standard tier takes.</summary>
    public int MaxMessageBytes { get; init; } = 256 * 1024;

    /// <summary>Gets how many bytes of messages one answer to a peek holds.</summary>
    public int MaxPeekBytes { get; init; } = 256 * 1024;
}
