using Weft.Functions.TestHost.Worker.Rpc;

namespace Weft.Functions.TestHost.Worker;

/// <summary>A function failed in the worker. The Durable extension takes the message apart, so its form is the host's.</summary>
internal sealed class FunctionFailedException(StatusResult result)
    : Exception($"Result: {result.Status}\nException: {result.Exception?.Message}\nStack: {result.Exception?.StackTrace}");
