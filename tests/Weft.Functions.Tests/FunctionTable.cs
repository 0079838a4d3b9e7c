using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Weft.Functions.Engine;

namespace Weft.Functions.Tests;

/// <summary>A function as its attributes say.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Trigger">Its trigger and what that says, in one line.</param>
/// <param name="BindsClient">Whether it brings the engine's client.</param>
/// <param name="Http">Its HTTP trigger; null: it has another.</param>
internal sealed record FunctionEntry(string Name, string Trigger, bool BindsClient, HttpTriggerAttribute? Http)
{
    /// <summary>Reads every function of the host.</summary>
    public static IReadOnlyList<FunctionEntry> ReadAll() =>
    [
        .. from type in typeof(Orchestrators).Assembly.GetTypes()
           from method in type.GetMethods()
           let function = method.GetCustomAttribute<FunctionAttribute>()
           where function is not null
           let bindings = method.GetParameters().SelectMany(p => p.GetCustomAttributes()).ToList()
           let trigger = bindings.Single(b => b.GetType().Name.EndsWith("TriggerAttribute", StringComparison.Ordinal))
           select new FunctionEntry(
               function.Name, Describe(trigger), bindings.Any(b => b is DurableClientAttribute), trigger as HttpTriggerAttribute),
    ];

    private static string Describe(Attribute trigger) => trigger switch
    {
        HttpTriggerAttribute http => $"http {string.Join(',', http.Methods!)} {http.Route} {http.AuthLevel.ToString().ToLowerInvariant()}",
        TimerTriggerAttribute timer => $"timer {timer.Schedule}",
        ServiceBusTriggerAttribute queue => $"queue {queue.QueueName} {queue.Connection}{(queue.IsSessionsEnabled ? " sessions" : "")}"
            + (queue.AutoCompleteMessages ? "" : " settled by hand"),
        _ => trigger.GetType().Name[..^"TriggerAttribute".Length].ToLowerInvariant(),
    };
}
