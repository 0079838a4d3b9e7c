namespace Weft.Runtime.Triggers;

/// <summary>One delivery as it came.</summary>
/// <param name="Slug">The hook.</param>
/// <param name="Body">The bytes that are signed.</param>
/// <param name="Headers">By name, in any case.</param>
/// <param name="Query">By name.</param>
public sealed record WebhookDelivery(
    string Slug, ReadOnlyMemory<byte> Body, IReadOnlyDictionary<string, string> Headers, IReadOnlyDictionary<string, string> Query);
