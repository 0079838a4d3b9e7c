using System.Text.Json.Nodes;
using Weft.Language;

namespace Weft.Workflows.Durable;

/// <summary>Thrown by an activity that knows whether a retry can help.</summary>
public class ActivityException(string code, string message, bool nonRetryable = false, JsonNode? details = null, Exception? innerException = null)
    : WeftException(code, message, innerException)
{
    /// <summary>Gets a value indicating whether a retry is pointless.</summary>
    public bool NonRetryable { get; } = nonRetryable;

    /// <summary>Gets further facts for the caller.</summary>
    public JsonNode? Details { get; } = details;
}
