using Microsoft.DurableTask.Client;

namespace Weft.Functions.Engine;

/// <summary>The instances that an instance started, those that they started, and so on.</summary>
/// <remarks>
/// No storage backend follows children when their parent is terminated or purged. Their ids tell them: a child's starts with its parent's
/// and a colon.
/// </remarks>
internal static class Descendants
{
    private const int PageSize = 100;

    /// <summary>Finds them, ended ones too. One that is about to be created is not there yet.</summary>
    public static async Task<IReadOnlyList<OrchestrationMetadata>> OfAsync(
        DurableTaskClient client, string instanceId, CancellationToken cancellationToken)
    {
        var start = instanceId + ":";
        if (start.Length <= InstanceIds.KeptByChildren)
        {
            return await ListAsync(client, start, inputs: false, cancellationToken);
        }

        // The ids of children grow too long to keep the end of this one; what they were given says whose they are.
        var near = await ListAsync(client, instanceId[..InstanceIds.KeptByChildren], inputs: true, cancellationToken);
        var parents = near.ToDictionary(
            i => i.InstanceId, i => Payload.OfStored(i.SerializedInput)?.Parent, StringComparer.Ordinal);
        return [.. near.Where(i => i.InstanceId.StartsWith(start, StringComparison.Ordinal) || IsBelow(i.InstanceId))];

        bool IsBelow(string id)
        {
            for (var above = parents.GetValueOrDefault(id); above is not null; above = parents.GetValueOrDefault(above))
            {
                if (above == instanceId)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Does something to those that have not ended, several at once.</summary>
    /// <param name="client">The engine's client.</param>
    /// <param name="instanceId">The instance above them.</param>
    /// <param name="concerns">Whether it is to be done to one.</param>
    /// <param name="doAsync">What is done, to the id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>To how many it was done.</returns>
    public static async Task<int> ForEachLiveAsync(
        DurableTaskClient client,
        string instanceId,
        Func<OrchestrationMetadata, bool> concerns,
        Func<string, CancellationToken, Task> doAsync,
        CancellationToken cancellationToken)
    {
        var live = (await OfAsync(client, instanceId, cancellationToken)).Where(i => !i.IsCompleted && concerns(i)).ToList();
        await Parallel.ForEachAsync(live, cancellationToken, async (child, token) => await doAsync(child.InstanceId, token));
        return live.Count;
    }

    private static async Task<List<OrchestrationMetadata>> ListAsync(
        DurableTaskClient client, string prefix, bool inputs, CancellationToken cancellationToken)
    {
        var query = new OrchestrationQuery(InstanceIdPrefix: prefix, PageSize: PageSize, FetchInputsAndOutputs: inputs);
        var found = new List<OrchestrationMetadata>();
        await foreach (var instance in client.GetAllInstancesAsync(query).WithCancellation(cancellationToken))
        {
            found.Add(instance);
        }

        return found;
    }
}
