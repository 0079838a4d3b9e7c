using System.Globalization;
using Weft.Agents.Storage;

namespace Weft.Runtime.Queues;

/// <summary>Where a local queue's rows lie: one partition a queue, so that every move of a message is one atomic batch.</summary>
/// <remarks>
/// Table <c>queues</c>: <c>r|sequence</c> ready, oldest first; <c>h|until|sequence</c> held by a receiver or pausing, in the order in
/// which they come back; <c>d|sequence</c> dead letters; <c>s|message id</c> ids that were seen, and <c>t|time|message id</c> the same by
/// time. A look at the queue reads what is ready and what has come back, and never what is held: it costs what it hands out.
/// </remarks>
internal static class QueueKeys
{
    public const string Table = "queues";
    public const string ReadyPrefix = "r|";
    public const string HeldPrefix = "h|";
    public const string DeadPrefix = "d|";
    public const string SeenByTimePrefix = "t|";

    public static string Partition(string queue) => RecordKeys.Part(queue);

    public static RowKey Ready(string queue, string sequence) => Key(queue, ReadyPrefix + RecordKeys.Part(sequence));

    public static RowKey Held(string queue, DateTime until, string sequence) =>
        Key(queue, $"{HeldPrefix}{Ticks(until)}|{RecordKeys.Part(sequence)}");

    public static RowKey Dead(string queue, string sequence) => Key(queue, DeadPrefix + RecordKeys.Part(sequence));

    public static RowKey Seen(string queue, string messageId) => Key(queue, "s|" + RecordKeys.Part(messageId));

    public static RowKey SeenByTime(string queue, DateTime at, string messageId) =>
        Key(queue, $"{SeenByTimePrefix}{Ticks(at)}|{RecordKeys.Part(messageId)}");

    public static RowKey Key(string queue, string row) => new(Table, Partition(queue), row);

    public static RowRange All(string queue, string prefix) => RowRange.WithPrefix(Table, Partition(queue), prefix);

    /// <summary>What lies in a list by time up to a time, that time included.</summary>
    public static RowRange UpTo(string queue, string prefix, DateTime until) =>
        new(Table, Partition(queue)) { From = prefix, To = prefix + Ticks(until.AddTicks(1)) };

    public static string Sequence(DateTime at, string messageId) => $"{Ticks(at)}-{RecordKeys.Digest(messageId)[..12]}";

    private static string Ticks(DateTime time) => time.Ticks.ToString("D19", CultureInfo.InvariantCulture);
}
