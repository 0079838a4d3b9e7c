using Microsoft.DurableTask.Client;

namespace Weft.Functions.Engine;

/// <summary>Holds an instance with all that it started, and lets them go on.</summary>
internal static class Suspension
{
    // The engine holds instances by message, and one that is in the middle of a turn ends it first.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    /// <summary>Suspends the instance and its children, and waits a while until they hold.</summary>
    public static async Task HoldAsync(
        DurableTaskClient client, string instanceId, string? reason, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        await HoldOneAsync(instanceId, cancellationToken);

        // What holds starts no further child, but one may have been in creation.
        int found;
        do
        {
            found = await Descendants.ForEachLiveAsync(client, instanceId, i => !Rests(i), HoldOneAsync, cancellationToken);
        }
        while (found > 0 && time.GetElapsedTime(started) < Patience);

        async Task HoldOneAsync(string id, CancellationToken token)
        {
            await client.SuspendInstanceAsync(id, reason, token);
            while (await client.GetInstanceAsync(id, getInputsAndOutputs: false, token) is { } instance && !Rests(instance)
                && time.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(Glance, time, token);
            }
        }
    }

    /// <summary>Lets the instance and its children go on.</summary>
    public static async Task ReleaseAsync(
        DurableTaskClient client, string instanceId, string? reason, CancellationToken cancellationToken)
    {
        await Descendants.ForEachLiveAsync(
            client, instanceId, _ => true, (child, token) => client.ResumeInstanceAsync(child, reason, token), cancellationToken);
        await client.ResumeInstanceAsync(instanceId, reason, cancellationToken);
    }

    private static bool Rests(OrchestrationMetadata instance) =>
        instance.IsCompleted || instance.RuntimeStatus == OrchestrationRuntimeStatus.Suspended;
}
