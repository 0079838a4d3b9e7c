using Microsoft.DurableTask.Client;
using Weft.Workflows.Durable;

namespace Weft.Functions.Engine;

/// <summary>The instance that calls an activity.</summary>
/// <remarks>
/// The engine cannot take back a call that waits in its queue, and a child that is in creation does not know that its execution was
/// cancelled. Both get as far as their next activity.
/// </remarks>
internal static class Caller
{
    /// <summary>The caller, or the execution that it belongs to, whichever has ended or is gone; null: both go on.</summary>
    public static async Task<string?> FindEndedAsync(DurableTaskClient client, string caller, CancellationToken cancellationToken)
    {
        string[] asked = InstanceIds.IsChild(caller) ? [InstanceIds.RootOf(caller), caller] : [caller];
        var found = await Task.WhenAll(asked.Select(id => client.GetInstanceAsync(id, getInputsAndOutputs: false, cancellationToken)));
        var ended = Array.FindIndex(found, i => i is null or { IsCompleted: true });
        return ended < 0 ? null : asked[ended];
    }

    /// <summary>What is answered for an effect that nobody waits for any more.</summary>
    public static FailureDetails Refusal(string ended) => new(
        "execution_ended", $"Instance '{ended}' has ended. What it had asked for is not done any more.", NonRetryable: true);
}
