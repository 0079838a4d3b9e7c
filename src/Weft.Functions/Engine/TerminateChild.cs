using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Weft.Functions.Engine;

/// <summary>Ends a sub-orchestration that its parent gave up on. Orchestrators cannot terminate; this activity can.</summary>
public sealed class TerminateChild
{
    /// <summary>The name of the activity.</summary>
    public const string FunctionName = "TerminateChild";

    /// <summary>Terminates the instance; one that has ended is left as it is.</summary>
    [Function(FunctionName)]
    public static async Task<Payload> RunAsync(
        [ActivityTrigger] Payload input, [DurableClient] DurableTaskClient client, FunctionContext context)
    {
        if (input.Read<string>() is { } id
            && await client.GetInstanceAsync(id, getInputsAndOutputs: false, context.CancellationToken) is { IsCompleted: false })
        {
            await client.TerminateInstanceAsync(
                id, new TerminateInstanceOptions("The parent no longer needs its result.", Recursive: true), context.CancellationToken);
        }

        return Payload.Of(true);
    }
}
