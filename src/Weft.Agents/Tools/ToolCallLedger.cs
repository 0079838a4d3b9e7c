using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weft.Agents.Storage;
using Weft.Agents.Tools.Records;
using Weft.Language;
using Weft.Language.Schemas;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Agents.Tools;

/// <summary>Keeps the intents and results of calls, and knows what an earlier delivery left behind.</summary>
internal sealed class ToolCallLedger(
    ToolCallRecords records, IOptions<ToolOptions> options, TimeProvider time, ILogger<ToolCallLedger> logger)
{
    /// <summary>How soon another process's call is read again: ever less often, for it may be that nobody makes it any more.</summary>
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(5);

    /// <summary>Names this process in the records.</summary>
    private readonly string _owner = Guid.NewGuid().ToString("N");

    /// <summary>SHA-256 of what the call is: the same on every delivery.</summary>
    public static string FingerprintOf(CallToolRequest request) =>
        CanonicalJson.HashOf(
            new JsonObject { ["tool"] = request.Tool, ["entity_id"] = request.EntityId, ["arguments"] = request.Arguments.DeepClone() });

    /// <summary>The key by which the other side can tell a repeat from a new call: the same on every delivery and attempt.</summary>
    public static string IdempotencyKeyOf(CallToolRequest request) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Scope.ExecutionId}\n{request.CallId}")))[..32];

    /// <summary>What an earlier delivery left; null: this is the first.</summary>
    /// <exception cref="ActivityException">Code <c>tool_call_id_reused</c>: the id belongs to another call.</exception>
    public async Task<StoredToolCall?> FindAsync(CallToolRequest request, string fingerprint, CancellationToken cancellationToken)
    {
        var stored = await records.ReadAsync(request.Scope.ExecutionId, request.CallId, cancellationToken);
        return stored is null || stored.Record.Fingerprint == fingerprint ? stored : throw new ActivityException(
            "tool_call_id_reused",
            Fault.Conflict,
            $"Execution '{request.Scope.ExecutionId}' has made the call '{request.CallId}' before, to '{stored.Record.Tool}' or with "
            + $"other arguments. Call ids must be unique within an execution.");
    }

    /// <summary>The outcome that a record settles; null when the call is to be made.</summary>
    public static ToolOutcome? Recorded(StoredToolCall? stored) => stored?.Record switch
    {
        { Status: ToolCallStatus.Succeeded } done =>
            new ToolOutcome.Succeeded(done.Output?.DeepClone(), done.DurationMs) { Replayed = true },
        { Status: ToolCallStatus.Failed, Failure: { Retryable: false } failure } failed =>
            new ToolOutcome.Failed(failure, failed.DurationMs) { Attempts = 0 },
        _ => null,
    };

    /// <summary>Waits while another process may still be making the call.</summary>
    public async Task<StoredToolCall> AwaitOtherAsync(StoredToolCall stored, CancellationToken cancellationToken)
    {
        var poll = FirstPoll;
        while (options.Value.SharedWorkers && stored.Record.Status == ToolCallStatus.Started
            && stored.Record.Owner != _owner && stored.Record.Deadline - Now is { Ticks: > 0 } left)
        {
            await Task.Delay(poll < left ? poll : left, time, cancellationToken);
            poll = poll * 1.5 < LongestPoll ? poll * 1.5 : LongestPoll;
            stored = await records.ReadAsync(stored.Record.ExecutionId, stored.Record.CallId, cancellationToken) ?? stored;
        }

        return stored;
    }

    /// <summary>Opens an entry for this delivery. Nothing is written yet.</summary>
    public Entry Open(CallToolRequest request, ResolvedTool tool, string fingerprint, StoredToolCall? earlier)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var longest = options.Value.LostAfter
            ?? ((request.Timeout ?? tool.Timeout ?? options.Value.Timeout) * (options.Value.MaxAttempts + 1)) + TimeSpan.FromMinutes(1);
        var record = new ToolCallRecord
        {
            ExecutionId = request.Scope.ExecutionId,
            CallId = request.CallId,
            Tool = request.Tool,
            Status = ToolCallStatus.Started,
            WorkflowId = request.Scope.WorkflowId,
            NodeId = request.Scope.NodeId,
            Agent = request.Scope.Agent,
            App = tool.App,
            Action = tool.Action,
            EntityId = request.EntityId,
            Attempt = (earlier?.Record.Attempt ?? 0) + 1,
            StartedAt = now,
            Deadline = now + longest,
            Owner = _owner,
            Fingerprint = fingerprint,
        };
        return new Entry(this, record, earlier?.ETag);
    }

    /// <summary>One delivery's part of a record.</summary>
    internal sealed class Entry(ToolCallLedger ledger, ToolCallRecord record, ETag? tag)
    {
        private ETag? _tag = tag;

        public ToolCallRecord Record { get; private set; } = record;

        /// <summary>Makes the intent durable.</summary>
        /// <returns>Null: the call is ours to make. Else the record of somebody who was faster.</returns>
        public async Task<StoredToolCall?> BeginAsync(CancellationToken cancellationToken)
        {
            var written = _tag is { } expected
                ? await ledger.Records.ReplaceAsync(Record, expected, cancellationToken)
                : await ledger.Records.InsertAsync(Record, cancellationToken);
            if (written is not null)
            {
                _tag = written;
                return null;
            }

            return await ledger.Records.ReadAsync(Record.ExecutionId, Record.CallId, cancellationToken)
                ?? throw new ActivityException(
                    "tool_call_record_lost", Fault.Internal with { Retryable = true },
                    $"The record of call '{Record.CallId}' was removed while the call was about to be made.");
        }

        public Task SucceedAsync(JsonNode? output, long durationMs, string? logId) =>
            EndAsync(Record with
            {
                Status = ToolCallStatus.Succeeded,
                Output = output?.DeepClone(),
                DurationMs = durationMs,
                LogId = logId,
            });

        public Task FailAsync(ToolFailure failure, long durationMs, string? logId) =>
            EndAsync(Record with { Status = ToolCallStatus.Failed, Failure = failure, DurationMs = durationMs, LogId = logId });

        /// <summary>Notes that nobody is at it any more, and that the outcome is not known.</summary>
        public Task GiveUpAsync(ToolFailure failure, long durationMs, string? logId) =>
            EndAsync(Record with { Failure = failure, DurationMs = durationMs, LogId = logId, Deadline = ledger.Now });

        /// <summary>Writes the end. The effect is there whatever becomes of the record, so that a fault is logged and not thrown.</summary>
        private async Task EndAsync(ToolCallRecord ended)
        {
            ended = ended with { CompletedAt = ledger.Now };
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    var written = _tag is { } expected
                        ? await ledger.Records.ReplaceAsync(ended, expected, CancellationToken.None)
                        : await ledger.Records.InsertAsync(ended, CancellationToken.None);

                    // A conflict: another delivery of a call that may be repeated was faster; its record stands.
                    (_tag, Record) = (written ?? _tag, ended);
                    return;
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    if (attempt == 3)
                    {
                        ledger.Logger.ResultNotRecorded(exception, ended.ExecutionId, ended.CallId, ended.Tool);
                        return;
                    }

                    await Task.Delay(TimeSpan.FromMilliseconds(50 * attempt), ledger.Clock, CancellationToken.None);
                }
            }
        }
    }

    private ToolCallRecords Records => records;

    private ILogger Logger => logger;

    private TimeProvider Clock => time;

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
