using System.ComponentModel.DataAnnotations;

namespace Weft.Runtime.Queues;

/// <summary>The embedded server's queues. On Azure, Service Bus has the settings of the same name.</summary>
public sealed class QueueOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Weft:Queue";

    /// <summary>Gets or sets the queue whose messages start workflows.</summary>
    /// <value>The default is <c>weft-start</c>.</value>
    [Required]
    public string Start { get; set; } = "weft-start";

    /// <summary>Gets or sets the queue that gets a message at the end of every execution.</summary>
    /// <value>The default is empty: only the executions that asked for a message (<c>reply_to</c>) send one.</value>
    public string Completed { get; set; } = string.Empty;

    /// <summary>Gets or sets further queues, for replies.</summary>
    /// <value>The default is <c>weft-completed</c> alone.</value>
    public IList<string> Replies { get; set; } = ["weft-completed"];

    /// <summary>Gets or sets how long a receiver holds a message before it comes back.</summary>
    /// <value>The default is 1 minute.</value>
    public TimeSpan LockDuration { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets after how many deliveries a message is put aside.</summary>
    /// <value>From 1 to 100. The default is 10.</value>
    [Range(1, 100)]
    public int MaxDeliveries { get; set; } = 10;

    /// <summary>Gets or sets how long a message id is remembered.</summary>
    /// <value>The default is 10 minutes.</value>
    public TimeSpan DuplicateWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Gets or sets how many messages are looked at at once.</summary>
    /// <value>From 1 to 256. The default is 16.</value>
    [Range(1, 256)]
    public int MaxConcurrent { get; set; } = 16;

    /// <summary>Gets every queue.</summary>
    internal IEnumerable<string> Queues =>
        Replies.Append(Start).Append(Completed).Where(q => q.Length > 0).Distinct(StringComparer.Ordinal);
}
