using System.ComponentModel.DataAnnotations;

namespace Weft.Runtime.Operations;

/// <summary>How long what has ended is kept.</summary>
public sealed class RetentionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Weft:Retention";

    /// <summary>Gets or sets how long executions are kept after their end, in days; 0: for ever.</summary>
    /// <value>0 to 3,650. The default is 30.</value>
    /// <remarks>
    /// Histories, documents, node runs, tool calls and model calls go; sums of costs stay. Payloads stay at least 30 days, for they are
    /// shared.
    /// </remarks>
    [Range(0, 3650)]
    public int Days { get; set; } = 30;

    /// <summary>Gets or sets the most executions that one pass purges; a pass is made every few minutes while there is more.</summary>
    /// <value>1 to 10,000. The default is 200.</value>
    /// <remarks>A small number leaves the store to those who work.</remarks>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 200;
}
