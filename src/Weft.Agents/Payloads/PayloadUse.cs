using Weft.Agents.Storage;

namespace Weft.Agents.Payloads;

/// <summary>A payload's use as it was read.</summary>
internal sealed class PayloadUse(string digest, ETag tag)
{
    public string Digest { get; } = digest;

    public ETag ETag { get; set; } = tag;
}
