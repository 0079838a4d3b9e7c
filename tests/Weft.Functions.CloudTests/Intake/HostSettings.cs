using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Azure.Messaging.ServiceBus;

namespace Weft.Functions.CloudTests.Intake;

/// <summary>What host.json tells the Service Bus extension, as the options that it makes of it.</summary>
internal static class HostSettings
{
    private static readonly JsonNode Bus =
        JsonNode.Parse(File.ReadAllText(Path.Combine(Here(), "..", "..", "..", "host.json")))!["extensions"]!["serviceBus"]!;

    public static ServiceBusProcessorOptions Processor => new()
    {
        AutoCompleteMessages = Bus["autoCompleteMessages"]!.GetValue<bool>(),
        MaxConcurrentCalls = Bus["maxConcurrentCalls"]!.GetValue<int>(),
        PrefetchCount = Bus["prefetchCount"]!.GetValue<int>(),
        MaxAutoLockRenewalDuration = Span("maxAutoLockRenewalDuration"),
    };

    public static ServiceBusSessionProcessorOptions SessionProcessor => new()
    {
        AutoCompleteMessages = Bus["autoCompleteMessages"]!.GetValue<bool>(),
        MaxConcurrentSessions = Bus["maxConcurrentSessions"]!.GetValue<int>(),
        PrefetchCount = Bus["prefetchCount"]!.GetValue<int>(),
        MaxAutoLockRenewalDuration = Span("maxAutoLockRenewalDuration"),
        SessionIdleTimeout = Span("sessionIdleTimeout"),
    };

    private static TimeSpan Span(string name) => TimeSpan.Parse(Bus[name]!.GetValue<string>());

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
