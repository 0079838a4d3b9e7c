using System.ComponentModel.DataAnnotations;

namespace Weft.Agents.Payloads;

/// <summary>How the context store keeps large values.</summary>
public sealed class ContextStoreOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Weft:Contexts";

    /// <summary>Gets or sets the memory that recently used values may take, in bytes of JSON.</summary>
    /// <value>0 (no cache) to 4 GiB. The default is 64 MiB.</value>
    /// <remarks>A value larger than a quarter of it is never kept, so that one giant cannot push out all the others.</remarks>
    [Range(0L, 4L * 1024 * 1024 * 1024)]
    public long CacheBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>Gets or sets the largest value that is stored, in bytes of JSON.</summary>
    /// <value>64 KiB to 1 GiB. The default is 64 MiB.</value>
    /// <remarks>A larger one fails with the code <c>payload_too_large</c>.</remarks>
    [Range(64 * 1024, 1024 * 1024 * 1024)]
    public int MaxPayloadBytes { get; set; } = 64 * 1024 * 1024;
}
