using Microsoft.DurableTask.Client;

namespace Weft.Functions.Engine;

/// <summary>Ends an instance with all that it started.</summary>
internal static class Termination
{
    // The engine ends instances by message. What waits longer is told that it still runs.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Terminates the instance and its children, and waits a while for its end.</summary>
    public static async Task EndAsync(
        DurableTaskClient client, string instanceId, string? reason, TimeProvider time, CancellationToken cancellationToken)
    {
        await client.TerminateInstanceAsync(instanceId, new TerminateInstanceOptions(reason, Recursive: true), cancellationToken);
        await EndChildrenAsync();

        // A child may have been in creation. Once its parent has ended no further one can come.
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs: false, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It ends later; what it has started until now is ended all the same.
        }

        await EndChildrenAsync();

        Task EndChildrenAsync() => Descendants.ForEachLiveAsync(
            client, instanceId, _ => true,
            (child, token) => client.TerminateInstanceAsync(child, new TerminateInstanceOptions(reason), token),
            cancellationToken);
    }
}
