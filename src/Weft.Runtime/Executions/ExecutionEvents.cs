using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Runtime.Records;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Runtime.Executions;

/// <summary>Follows executions: each node's end once, the progress as it changes, then the end.</summary>
/// <remarks>
/// Delivery is at least once: after a reconnect a node that ended in the same millisecond as the last one seen may come again, and so
/// may a skipped one. An event's id is the time at which its node ended, so that any process can go on from it.
/// </remarks>
public sealed class ExecutionEvents(ExecutionService executions, IOrchestrationClient client)
{
    /// <summary>Follows one execution to its end.</summary>
    /// <param name="executionId">The execution.</param>
    /// <param name="lastEventId">The last event that was seen; null: all of them.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <exception cref="WeftException">Code <c>execution_not_found</c>.</exception>
    public async IAsyncEnumerable<ExecutionEvent> WatchAsync(
        string executionId, string? lastEventId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var document = await executions.GetAsync(executionId, cancellationToken);
        var feed = new Feed(lastEventId);
        if (!document.Status.HasEnded())
        {
            await foreach (var instance in InstancesAsync(executionId, cancellationToken))
            {
                if (instance.HasEnded)
                {
                    break;
                }

                foreach (var happened in feed.Progressed(instance))
                {
                    yield return happened;
                }
            }

            document = await executions.GetAsync(executionId, cancellationToken);
        }

        foreach (var happened in feed.Ended(document, ExecutionRecords.Summarize(document)))
        {
            yield return happened;
        }
    }

    // A purge in the middle ends the watch; the record says the rest.
    private async IAsyncEnumerable<OrchestrationInstance> InstancesAsync(
        string executionId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var watch = client.WatchAsync(executionId, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await watch.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (InstanceNotFoundException)
            {
                yield break;
            }

            yield return watch.Current;
        }
    }

    /// <summary>What one listener has been told.</summary>
    private sealed class Feed
    {
        private readonly HashSet<string> _sent = new(StringComparer.Ordinal);
        private readonly long _seenUntil;
        private long _newest;
        private string? _progress;

        public Feed(string? lastEventId)
        {
            _seenUntil =
                long.TryParse(lastEventId, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) ? milliseconds : -1;
            _newest = Math.Max(0, _seenUntil);
        }

        public IEnumerable<ExecutionEvent> Progressed(OrchestrationInstance instance)
        {
            var progress = ExecutionDocuments.ProgressOf(instance) ?? new ExecutionProgress();
            foreach (var happened in Nodes(progress.Recent))
            {
                yield return happened;
            }

            var shown = progress with { Status = ExecutionDocuments.StatusOf(instance, progress, null), Recent = [] };
            var data = JsonSerializer.SerializeToNode(shown, WeftJson.Options)!; // A record is never null.
            data.AsObject().Remove("recent");
            if (data.ToJsonString() is var text && text != _progress)
            {
                _progress = text;
                yield return Event(shown.Waiting.Count > 0 ? "waiting" : "status", data);
            }
        }

        public IEnumerable<ExecutionEvent> Ended(ExecutionDocument document, ExecutionSummary summary)
        {
            foreach (var happened in Nodes(document.Trace.Nodes))
            {
                yield return happened;
            }

            var data = JsonSerializer.SerializeToNode(summary, WeftJson.Options)!; // A record is never null.
            data["output"] = document.Output?.DeepClone();
            yield return Event("end", data);
        }

        private IEnumerable<ExecutionEvent> Nodes(IReadOnlyList<NodeTrace> nodes)
        {
            var ended =
                nodes.Where(n => n.Status is not (NodeStatus.Pending or NodeStatus.Running)).Select(n => (Node: n, EndedAt: EndOf(n)));
            foreach (var (node, endedAt) in ended.OrderBy(n => n.EndedAt ?? long.MaxValue))
            {
                if ((endedAt ?? long.MaxValue) < _seenUntil || !_sent.Add($"{node.ParentId}/{node.NodeId}/{node.Attempt}/{endedAt}"))
                {
                    continue;
                }

                _newest = Math.Max(_newest, endedAt ?? 0);
                yield return Event("node", JsonSerializer.SerializeToNode(node, WeftJson.Options)!); // A record is never null.
            }
        }

        private ExecutionEvent Event(string type, JsonNode data) => new(_newest.ToString(CultureInfo.InvariantCulture), type, data);

        private static long? EndOf(NodeTrace node) =>
            node.StartedAt is { } started ? new DateTimeOffset(started, TimeSpan.Zero).ToUnixTimeMilliseconds() + node.DurationMs : null;
    }
}
