using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Weft.Functions.Engine;

/// <summary>Ends a sub-orchestration that its parent gave up on. Orchestrators cannot terminate; this activity can.</summary>
public sealed class TerminateChild(TimeProvider time)
{
    /// <summary>The name of the activity.</summary>
    public const string FunctionName = "TerminateChild";

    private const string Reason = "The parent no longer needs its result.";

    // A child that was asked for comes for certain, once the engine gets to it.
    private static readonly TimeSpan LongestCreation = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);

    /// <summary>Terminates the instance and what it started; one that has ended is left as it is.</summary>
    [Function(FunctionName)]
    public async Task<Payload> RunAsync(
        [ActivityTrigger] Payload input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var id = input.Read<string>("id of the child")!;
        var started = time.GetTimestamp();
        var child = await client.GetInstanceAsync(id, getInputsAndOutputs: false, cancellationToken);
        while (child is null && time.GetElapsedTime(started) < LongestCreation)
        {
            await Task.Delay(Glance, time, cancellationToken);
            child = await client.GetInstanceAsync(id, getInputsAndOutputs: false, cancellationToken);
        }

        if (child is { IsCompleted: false })
        {
            await Termination.EndAsync(client, id, Reason, time, cancellationToken);
        }

        return Payload.Of(true);
    }
}
