namespace Weft.Functions.Tests.Stubs;

/// <summary>Stands in for the attribute of the Service Bus extension, which is not on every registry.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class ServiceBusTriggerAttribute(string queueName) : Attribute
{
    public string QueueName { get; } = queueName;

    public string? Connection { get; set; }

    public bool IsSessionsEnabled { get; set; }

    public bool AutoCompleteMessages { get; set; } = true;
}
