using Weft.Runtime.Records;
using Weft.Workflows.Durable;

namespace Weft.Runtime.Operations;

/// <summary>Removes the agents' and sub-workflows' instances whose execution is gone.</summary>
/// <remarks>
/// Executions are purged with what they started. Where an engine did not see to that, or a child was still running when its execution
/// was purged, the child is left behind; its id begins with the execution's and a colon.
/// </remarks>
public sealed class OrphanedInstances(IOrchestrationClient client, ExecutionRecords records, TimeProvider clock)
{
    // A look at all that is old: some engines read every instance for it.
    private static readonly TimeSpan Every = TimeSpan.FromHours(6);

    private DateTimeOffset _lookAt;

    /// <summary>Looks through the instances that ended and are older than the cutoff, unless it did so in the last hours.</summary>
    /// <param name="cutoff">Executions that began before this may be gone, UTC.</param>
    /// <param name="atMost">How many are purged at most; the next pass goes on.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>How many were purged.</returns>
    public async Task<int> PurgeAsync(DateTime cutoff, int atMost, CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow() < _lookAt)
        {
            return 0;
        }

        var purged = 0;
        var known = new Dictionary<string, bool>(StringComparer.Ordinal);
        var query = new OrchestrationQuery
        {
            CreatedTo = cutoff,
            Statuses = [OrchestrationStatus.Completed, OrchestrationStatus.Failed, OrchestrationStatus.Terminated],
            IncludeChildren = true,
            PageSize = 1000,
        };
        do
        {
            var page = await client.ListAsync(query, cancellationToken);
            foreach (var instance in page.Items)
            {
                if (ExecutionOf(instance.InstanceId) is not { } execution || await IsKnownAsync(execution))
                {
                    continue;
                }

                if (purged == atMost)
                {
                    return purged;
                }

                purged += await client.PurgeAsync(instance.InstanceId, cancellationToken) ? 1 : 0;
            }

            query = query with { Cursor = page.NextCursor };
        }
        while (query.Cursor is not null);

        _lookAt = clock.GetUtcNow() + Every;
        return purged;

        async Task<bool> IsKnownAsync(string execution)
        {
            if (!known.TryGetValue(execution, out var isKnown))
            {
                isKnown = await records.FindAsync(execution, cancellationToken) is not null
                    || await client.GetAsync(execution, cancellationToken) is not null;
                known.Add(execution, isKnown);
            }

            return isKnown;
        }
    }

    private static string? ExecutionOf(string instanceId) =>
        instanceId.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? instanceId[..colon] : null;
}
