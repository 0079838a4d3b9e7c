using System.Diagnostics;
using Weft.Functions.TestHost.Worker.Rpc;

namespace Weft.Functions.TestHost.Worker;

/// <summary>Makes the requests that start functions.</summary>
internal static class InvocationRequests
{
    /// <summary>A request with all that a function's bindings take.</summary>
    /// <param name="function">The function.</param>
    /// <param name="trigger">What its trigger brings.</param>
    /// <param name="durableClient">The JSON by which the extension describes itself to clients.</param>
    public static InvocationRequest For(AppFunction function, TypedData trigger, string durableClient)
    {
        var request = new InvocationRequest
        {
            InvocationId = Guid.NewGuid().ToString(),
            FunctionId = function.Id,
            TraceContext = new RpcTraceContext
            {
                TraceParent = Activity.Current?.Id ?? $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-01",
                TraceState = Activity.Current?.TraceStateString ?? "",
            },
        };
        request.InputData.Add(new ParameterBinding { Name = function.TriggerName, Data = trigger });
        foreach (var name in function.ClientNames)
        {
            request.InputData.Add(new ParameterBinding { Name = name, Data = new TypedData { String = durableClient } });
        }

        return request;
    }
}
