using Microsoft.Extensions.Options;
using Weft.Agents.Payloads;
using Weft.Agents.Storage;
using Weft.Language;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Agents.Tools;

/// <summary>Calls tools for people and programs, with the same limits, caching and records as agents' calls.</summary>
public sealed class DirectToolCalls
{
    /// <summary>The most calls of a batch.</summary>
    public const int MaxBatch = 100;

    /// <summary>Their records lie in this many partitions.</summary>
    internal const int Buckets = 64;

    private readonly CallTool _callTool;
    private readonly ContextStore _contexts;
    private readonly IOptions<ToolOptions> _options;
    private readonly TimeProvider _time;

    internal DirectToolCalls(CallTool callTool, ContextStore contexts, IOptions<ToolOptions> options, TimeProvider time) =>
        (_callTool, _contexts, _options, _time) = (callTool, contexts, options, time);

    /// <summary>Makes a call. Its failure is a value.</summary>
    public async Task<DirectResult> ExecuteAsync(DirectCall call, CancellationToken cancellationToken)
    {
        var callId = call.IdempotencyKey is { Length: > 0 } key ? $"key:{call.EntityId}:{key}" : Guid.NewGuid().ToString("N");
        return await ExecuteAsync(call, callId, cancellationToken);
    }

    /// <summary>Makes the calls of a batch.</summary>
    /// <exception cref="WeftException">Code <c>invalid_batch</c>.</exception>
    public async Task<BatchOutcome> ExecuteAsync(BatchRequest batch, CancellationToken cancellationToken)
    {
        if (batch.Actions.Count is 0 or > MaxBatch)
        {
            throw new WeftException(
                "invalid_batch", Fault.Invalid, $"A batch has 1 to {MaxBatch} actions; this one has {batch.Actions.Count}.");
        }

        var started = _time.GetTimestamp();
        var batchId = batch.IdempotencyKey is { Length: > 0 } key ? $"batch:{batch.UserId}:{key}" : $"batch_{Guid.NewGuid():N}";
        var results = new DirectResult?[batch.Actions.Count];
        var stop = false;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, batch.Actions.Count),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = batch.Parallel ? Math.Clamp(batch.MaxConcurrent, 1, 32) : 1,
                CancellationToken = cancellationToken,
            },
            async (i, token) =>
            {
                var call = batch.Actions[i] with { EntityId = batch.Actions[i].EntityId ?? batch.UserId };
                if (Volatile.Read(ref stop))
                {
                    results[i] = new DirectResult { Tool = call.Tool, Success = false, Skipped = true };
                    return;
                }

                var result = await ExecuteAsync(call, $"{batchId}/{i}", token);
                results[i] = result;
                if (!result.Success && batch.StopOnError)
                {
                    Volatile.Write(ref stop, true);
                }
            });
        var all = results.OfType<DirectResult>().ToList();
        return new BatchOutcome(
            batchId, all.Count, all.Count(r => r.Success), all.Count(r => !r.Success), all,
            (long)_time.GetElapsedTime(started).TotalMilliseconds);
    }

    /// <summary>The execution id that stands in for none.</summary>
    internal static string BucketName(int bucket) => $"direct-{bucket:D2}";

    private async Task<DirectResult> ExecuteAsync(DirectCall call, string callId, CancellationToken cancellationToken)
    {
        var bucket = BucketName(RecordKeys.Bucket(callId, Buckets));
        var request = new CallToolRequest
        {
            Scope = new StepScope(bucket, "", "", "direct"),
            CallId = callId,
            Tool = call.Tool,
            Arguments = call.Params,
            EntityId = call.EntityId,
            Timeout = call.Timeout ?? _options.Value.Timeout,
        };
        var outcome = await _callTool.RunAsync(new ActivityContext(bucket, StepNames.CallTool, -1), request, cancellationToken);
        return outcome switch
        {
            ToolOutcome.Succeeded done => new DirectResult
            {
                Tool = call.Tool,
                Success = true,
                Result = await _contexts.LoadAsync(done.Output, cancellationToken),
                ExecutionTimeMs = done.DurationMs,
                Cached = done.Cached,
                Replayed = done.Replayed,
                CallId = callId,
            },
            ToolOutcome.Failed failed => new DirectResult
            {
                Tool = call.Tool,
                Success = false,
                Error = failed.Failure,
                ExecutionTimeMs = failed.DurationMs,
                CallId = callId,
            },
            _ => throw new InvalidOperationException("A tool outcome of an unknown kind."),
        };
    }
}
