using System.Text.Json.Nodes;
using Weft.Language;

namespace Weft.Workflows.Durable;

/// <summary>Thrown by an activity that has more to tell than a message.</summary>
public class ActivityException(string code, Fault fault, string message, JsonNode? details = null, Exception? innerException = null)
    : WeftException(code, fault, message, innerException)
{
    /// <summary>Gets further facts for the caller.</summary>
    public JsonNode? Details { get; } = details;
}
