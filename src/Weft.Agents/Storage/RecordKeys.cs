using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Weft.Language;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Storage;

/// <summary>The tables of workflows, agents and executions, and where each row lies in them.</summary>
/// <remarks>
/// <para>Rules: lists are newest first, so times are inverted (<see cref="NewestFirst(DateTime)"/>); what is written together lies in one
/// partition, so that it is one atomic batch; partitions that all writers would share are spread over
/// <see cref="ExecutionBuckets"/> by a hash, and readers merge them. Parts of a key are joined by <c>|</c>.</para>
/// <list type="table">
/// <item><term>workflows</term><description><c>latest</c> / workflow id: the newest version of each workflow;
/// <c>v|workflow id</c> / inverted revision: every version, newest first.</description></item>
/// <item><term>definitions</term><description>content hash / <c>definition</c>: canonical JSON and the text it came
/// from.</description></item>
/// <item><term>agents</term><description><c>cards</c> / name: the cards that were put by the API.</description></item>
/// <item><term>executions</term><description>bucket of the execution id / <c>d|id</c>: the document; <c>a|time|id</c>: all, newest first;
/// <c>w|workflow|time|id</c>: by workflow; <c>s|status|time|id</c>: by status; <c>n|time|id|node</c>: node runs by the time the execution
/// ended;
/// <c>o|id</c>: who is yet to be told of the end.
/// A start is one batch, and so is an end.</description></item>
/// <item><term>idempotency</term><description>hash bucket / hash of workflow and key: which execution a key started.</description></item>
/// </list>
/// </remarks>
public static class RecordKeys
{
    /// <summary>The table of workflows and their versions.</summary>
    public const string Workflows = "workflows";
    /// <summary>The table of definitions, by content hash.</summary>
    public const string Definitions = "definitions";
    /// <summary>The table of agents' cards.</summary>
    public const string Agents = "agents";
    /// <summary>The table of executions and their indexes.</summary>
    public const string Executions = "executions";
    /// <summary>The table of claimed idempotency keys.</summary>
    public const string Idempotency = "idempotency";

    /// <summary>
    /// The partitions over which executions are spread. Part of the stored format: another number would hide what is stored.
    /// </summary>
    public const int ExecutionBuckets = 16;

    private const int LongestPart = 120;

    /// <summary>A time as 19 digits that sort the newest first.</summary>
    public static string NewestFirst(DateTime utc) => (DateTime.MaxValue.Ticks - utc.Ticks).ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>A revision as 10 digits that sort the newest first.</summary>
    public static string NewestFirst(int revision) => (int.MaxValue - revision).ToString("D10", CultureInfo.InvariantCulture);

    /// <summary>A stable hash for spreading keys (FNV-1a); the same in every process and release.</summary>
    public static int Bucket(string text, int buckets)
    {
        var hash = 2166136261u;
        foreach (var c in text)
        {
            hash = unchecked((hash ^ c) * 16777619u);
        }

        return (int)(hash % (uint)buckets);
    }

    /// <summary>A text as a part of a key: without separators and controls, and short; different texts stay different.</summary>
    public static string Part(string text)
    {
        var plain = text.Length is > 0 and <= LongestPart
            && text.All(c => c is > ' ' and < '\u007f' and not ('|' or '/' or '\\' or '#' or '?' or '%' or '~'));
        return plain ? text : string.Concat(text.Where(char.IsAsciiLetterOrDigit).Take(40)) + "~" + Digest(text)[..32];
    }

    /// <summary>The row of a workflow's latest version.</summary>
    public static RowKey LatestWorkflow(string workflowId) => new(Workflows, "latest", Part(workflowId));

    /// <summary>The row of one version of a workflow.</summary>
    public static RowKey WorkflowRevision(string workflowId, int revision) =>
        new(Workflows, "v|" + Part(workflowId), NewestFirst(revision));

    /// <summary>The row of a definition.</summary>
    public static RowKey Definition(string contentHash) => new(Definitions, Part(contentHash), "definition");

    /// <summary>The row of an agent's card.</summary>
    public static RowKey AgentCard(string name) => new(Agents, "cards", Part(name));

    /// <summary>The row of a claimed key.</summary>
    public static RowKey IdempotencyKey(string workflowId, string key)
    {
        var digest = Digest(workflowId + "\n" + key);
        return new(Idempotency, digest[..2], digest);
    }

    /// <summary>The partition of an execution, by the hash of its id.</summary>
    public static string ExecutionBucket(string executionId) => ExecutionBucketName(Bucket(executionId, ExecutionBuckets));

    /// <summary>The name of a partition of executions.</summary>
    public static string ExecutionBucketName(int bucket) => "e" + bucket.ToString("D2", CultureInfo.InvariantCulture);

    /// <summary>The row of an execution.</summary>
    public static RowKey Execution(string executionId) => new(Executions, ExecutionBucket(executionId), "d|" + Part(executionId));

    /// <summary>The row that lists an execution newest first.</summary>
    public static RowKey ExecutionByTime(string executionId, DateTime startedAt) =>
        new(Executions, ExecutionBucket(executionId), AllPrefix + TimeAndId(executionId, startedAt));

    /// <summary>The row that lists it among its workflow's.</summary>
    public static RowKey ExecutionByWorkflow(string workflowId, string executionId, DateTime startedAt) =>
        new(Executions, ExecutionBucket(executionId), WorkflowPrefix(workflowId) + TimeAndId(executionId, startedAt));

    /// <summary>The row that lists it among those of a status.</summary>
    public static RowKey ExecutionByStatus(ExecutionStatus status, string executionId, DateTime startedAt) =>
        new(Executions, ExecutionBucket(executionId), StatusPrefix(status) + TimeAndId(executionId, startedAt));

    /// <summary>The row of one node of an execution.</summary>
    public static RowKey NodeRun(string executionId, DateTime endedAt, string nodeId, int place) =>
        new(Executions, ExecutionBucket(executionId),
            $"{NodeRunPrefix}{TimeAndId(executionId, endedAt)}|{Part(nodeId)}|{place.ToString("D5", CultureInfo.InvariantCulture)}");

    /// <summary>The wish for a message about the end of an execution, until the message is sent.</summary>
    public static RowKey CompletionNotice(string executionId) =>
        new(Executions, ExecutionBucket(executionId), CompletionNoticePrefix + Part(executionId));

    /// <summary>What rows of notices begin with.</summary>
    public const string CompletionNoticePrefix = "o|";

    /// <summary>What rows of the list of all executions begin with.</summary>
    public const string AllPrefix = "a|";

    /// <summary>What rows of nodes begin with.</summary>
    public const string NodeRunPrefix = "n|";

    /// <summary>What rows of a workflow's list begin with.</summary>
    public static string WorkflowPrefix(string workflowId) => $"w|{Part(workflowId)}|";

    /// <summary>What rows of a status' list begin with.</summary>
    public static string StatusPrefix(ExecutionStatus status) => $"s|{status.Word()}|";

    /// <summary>A hash of a text, 64 hexadecimal digits.</summary>
    public static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string TimeAndId(string executionId, DateTime time) => NewestFirst(time) + "|" + Part(executionId);
}
