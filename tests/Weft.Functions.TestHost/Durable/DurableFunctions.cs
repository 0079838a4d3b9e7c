using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Weft.Functions.TestHost.Worker;
using Weft.Functions.TestHost.Worker.Rpc;

namespace Weft.Functions.TestHost.Durable;

/// <summary>Takes what the Durable extension delivers to the worker, and brings back what the extension reads.</summary>
/// <remarks>Static and public, because the methods that <see cref="FunctionTypes"/> makes for the SDK are and call it.</remarks>
public static class DurableFunctions
{
    private static readonly TaskCompletionSource<string> Client = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private static readonly JsonSerializerSettings TextsStayTexts = new() { DateParseHandling = DateParseHandling.None };
    private static WorkerPool _workers = null!; // Connect comes before the SDK knows any method.
    private static Dictionary<string, AppFunction> _functions = [];

    internal static void Connect(WorkerPool workers)
    {
        _workers = workers;
        _functions = workers.Functions.ToDictionary(f => f.Name, StringComparer.Ordinal);
    }

    /// <summary>The JSON by which the extension describes itself to clients: its hub and its gRPC endpoint.</summary>
    internal static Task<string> ClientAsync() => Client.Task;

    /// <summary>Runs a turn of an orchestrator. Request and answer are in the SDK's own encoding.</summary>
    public static async Task<object?> OrchestrateAsync(string name, string request)
    {
        var function = _functions[name];
        var answer = await _workers.InvokeAsync(
            function, InvocationRequests.For(function, new TypedData { String = request }, await Client.Task));
        return answer?.String;
    }

    /// <summary>Runs an activity. Its input is JSON.</summary>
    public static async Task<object?> ActAsync(string name, string? input, string instanceId)
    {
        var function = _functions[name];
        var trigger = input is null ? new TypedData() : new TypedData { String = input };
        var request = InvocationRequests.For(function, trigger, await Client.Task);
        request.TriggerMetadata["instanceId"] = new TypedData { String = instanceId };
        var answer = await _workers.InvokeAsync(function, request);
        return answer?.DataCase switch
        {
            TypedData.DataOneofCase.String => answer.String,
            TypedData.DataOneofCase.Json => JsonConvert.DeserializeObject<JToken>(answer.Json, TextsStayTexts),
            TypedData.DataOneofCase.Int => answer.Int,
            TypedData.DataOneofCase.Double => answer.Double,
            _ => null,
        };
    }

    /// <summary>Called once by this host, to be given what the extension makes of a <c>[DurableClient]</c>.</summary>
    [NoAutomaticTrigger]
#pragma warning disable DF0203 // The analyzer knows apps only, which take a client where the host takes its description.
    public static void TakeClient([DurableClient] string durableClient) => Client.TrySetResult(durableClient);
#pragma warning restore DF0203
}
