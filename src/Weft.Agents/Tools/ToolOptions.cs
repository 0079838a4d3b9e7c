using System.ComponentModel.DataAnnotations;

namespace Weft.Agents.Tools;

/// <summary>How tools are called.</summary>
public sealed class ToolOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Weft:Tools";

    /// <summary>Gets or sets the longest time of one attempt, when neither the step nor the tool sets one.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Gets or sets the attempts within one call, the first included. Only safe ones are repeated: reads, idempotent actions, and what was
    /// never sent.
    /// </summary>
    /// <value>1 to 10. The default is 3.</value>
    [Range(1, 10)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>
    /// Gets or sets the wait before the second attempt; each further one is twice as long, and each up to a fifth longer or shorter at
    /// random.
    /// </summary>
    /// <value>The default is 1 second.</value>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets the calls that one app is sent a minute, and the burst that it takes after a pause.</summary>
    /// <value>1 to 100,000. The default is 60.</value>
    [Range(1, 100_000)]
    public int CallsPerMinute { get; set; } = 60;

    /// <summary>Gets the same by app, where it differs.</summary>
    public Dictionary<string, int> AppCallsPerMinute { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets or sets the calls that run at once in this process.</summary>
    /// <value>1 to 10,000. The default is 128.</value>
    [Range(1, 10_000)]
    public int MaxConcurrentCalls { get; set; } = 128;

    /// <summary>Gets or sets the calls that run at once for one app.</summary>
    /// <value>1 to 10,000. The default is 32.</value>
    [Range(1, 10_000)]
    public int MaxConcurrentCallsPerApp { get; set; } = 32;

    /// <summary>Gets or sets how long a cancelled call that has been sent is still awaited, so that its outcome becomes known.</summary>
    /// <value>The default is 5 seconds. Reads are not awaited.</value>
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets a value indicating whether other processes may be at work on the same records.</summary>
    /// <value>
    /// The default is false: one process owns the data. With true, a call that another process has begun is awaited until its deadline
    /// before its outcome counts as unknown.
    /// </value>
    public bool SharedWorkers { get; set; }

    /// <summary>
    /// Gets or sets how long after its beginning a call without a result counts as lost, because the process that made it died.
    /// </summary>
    /// <value>
    /// Over zero, at most 1 day. The default is the longest that the call can take: its timeout once for each of
    /// <see cref="MaxAttempts"/> and once more, and a minute. With the defaults these are 3 minutes.
    /// </value>
    /// <remarks>
    /// Only with <see cref="SharedWorkers"/>; else a process that starts knows at once. Until then its outcome is waited for, and then
    /// <c>on_unknown_outcome</c> says what is done. Where a call can take longer than this, one that is still being made counts as lost.
    /// </remarks>
    public TimeSpan? LostAfter { get; set; }

    /// <summary>Gets or sets the size of all schemas that one model call is shown, in bytes of JSON.</summary>
    /// <value>
    /// 1 KiB to 10 MiB. The default is 64 KiB, about 16,000 tokens. What is over is cut by leaving out examples, long descriptions, and
    /// last the optional parameters.
    /// </value>
    [Range(1024, 10 * 1024 * 1024)]
    public int SchemaBytesPerTurn { get; set; } = 64 * 1024;

    /// <summary>
    /// Gets the apps whose reading actions are answered from a cache, and for how long: <c>shopify: 00:01:00</c>. Without an entry an app's
    /// answers are not cached.
    /// </summary>
    public Dictionary<string, TimeSpan> CacheTtl { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets or sets the answers that the cache holds.</summary>
    /// <value>0 to 1,000,000. The default is 1,000.</value>
    [Range(0, 1_000_000)]
    public int CacheEntries { get; set; } = 1_000;

    /// <summary>Gets or sets the largest answer of an HTTP tool, in bytes.</summary>
    /// <value>1 KiB to 256 MiB. The default is 10 MiB.</value>
    [Range(1024, 256 * 1024 * 1024)]
    public int MaxResponseBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>Gets or sets how long uses are kept for analytics.</summary>
    /// <value>1 hour to 31 days. The default is 31 days, the longest period that is read.</value>
    [Range(typeof(TimeSpan), "01:00:00", "31.00:00:00")]
    public TimeSpan UsageRetention { get; set; } = TimeSpan.FromDays(31);

    /// <summary>Gets or sets how long the records of direct calls are kept: so long a repeat with the same key answers the first.</summary>
    /// <value>1 hour to 365 days. The default is 7 days. Calls of executions are kept with them.</value>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan DirectCallRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Gets the tools that no call may use: names, or <c>app.*</c>.</summary>
    public List<string> Denied { get; } = [];

    /// <summary>The calls a minute for one app.</summary>
    internal int CallsPerMinuteOf(string app) => AppCallsPerMinute.TryGetValue(app, out var calls) ? calls : CallsPerMinute;
}
