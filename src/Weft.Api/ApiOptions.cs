using System.ComponentModel.DataAnnotations;

namespace Weft.Api;

/// <summary>How the HTTP API answers.</summary>
public sealed class ApiOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Weft:Api";

    /// <summary>Gets or sets the largest request body, in bytes. A larger one is answered with 413.</summary>
    /// <value>1 KiB to 256 MiB. The default is 4 MiB.</value>
    [Range(1024, 256 * 1024 * 1024)]
    public int MaxBodyBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>
    /// Gets or sets how many requests are worked on at once, event streams apart. One more is answered with 503 and Retry-After.
    /// </summary>
    /// <value>1 to 1,000,000. The default is 2,000.</value>
    [Range(1, 1_000_000)]
    public int MaxConcurrentRequests { get; set; } = 2_000;

    /// <summary>Gets or sets how long <c>POST /workflows/execute</c> waits for the end when the caller does not say, in seconds.</summary>
    /// <value>0 to 600. The default is 100: less than the limits of common proxies.</value>
    [Range(0, 600)]
    public int DefaultWaitSeconds { get; set; } = 100;

    /// <summary>Gets the keys that callers may use. None: every caller may do everything, so serve on loopback only.</summary>
    public IList<ApiKey> Keys { get; } = [];
}
