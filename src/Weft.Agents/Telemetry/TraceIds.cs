using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Weft.Agents.Telemetry;

/// <summary>
/// The ids of an execution's trace. They are made from the execution's id, so that every process that works on it, now or after a crash,
/// adds to the same trace.
/// </summary>
public static class TraceIds
{
    /// <summary>The trace of an execution: the first 16 bytes of a hash of its id.</summary>
    public static ActivityTraceId TraceOf(string executionId) => ActivityTraceId.CreateFromBytes(Hash(executionId)[..16]);

    /// <summary>The span of the execution itself.</summary>
    public static ActivitySpanId SpanOf(string executionId) => ActivitySpanId.CreateFromBytes(Hash(executionId)[16..24]);

    /// <summary>The span of a node: of its first run, where it runs more than once.</summary>
    public static ActivitySpanId SpanOf(string executionId, string nodeId) =>
        ActivitySpanId.CreateFromBytes(Hash($"{executionId}\n{nodeId}")[..8]);

    /// <summary>What a call that a node makes has as its parent, before the node's own span is there.</summary>
    public static ActivityContext ParentOf(string executionId, string nodeId) =>
        new(TraceOf(executionId), nodeId.Length == 0 ? SpanOf(executionId) : SpanOf(executionId, nodeId), ActivityTraceFlags.Recorded);

    /// <summary>Gives a started span an id that was promised to its children.</summary>
    /// <remarks>
    /// <see cref="Activity"/> has no public way to choose one. Where the runtime keeps it in another field, the span keeps its random id:
    /// its children still lie in the same trace.
    /// </remarks>
    public static void SetSpanId(Activity activity, ActivitySpanId id)
    {
        try
        {
            SpanIdField(activity) = id.ToHexString();
            IdField(activity) = null;
        }
        catch (MissingFieldException)
        {
            // Said above.
        }
    }

    private static ReadOnlySpan<byte> Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_spanId")]
    private static extern ref string? SpanIdField(Activity activity);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_id")]
    private static extern ref string? IdField(Activity activity);
}
