using System.Text.Json.Nodes;

namespace Weft.Workflows.Orchestration;

/// <summary>A failure as data: what is stored in a history instead of a live exception.</summary>
/// <param name="Code">The stable code: <see cref="WeftException.Code"/>, else the exception type's name in snake_case.</param>
/// <param name="Message">What went wrong. Free of secrets.</param>
/// <param name="NonRetryable">A retry cannot help: bad input, a refused permission, an unknown outcome.</param>
/// <param name="Details">More facts, when the failure carries some.</param>
/// <param name="Inner">The cause.</param>
public sealed record FailureDetails(
    string Code,
    string Message,
    bool NonRetryable = false,
    JsonNode? Details = null,
    FailureDetails? Inner = null)
{
    /// <summary>Describes an exception that an activity or an orchestrator threw.</summary>
    public static FailureDetails Of(Exception exception) => exception switch
    {
        OrchestrationFailureException failed => failed.Failure,
        ActivityException activity => new FailureDetails(activity.Code, activity.Message, activity.NonRetryable, activity.Details?.DeepClone(), InnerOf(exception)),
        WeftException weft => new FailureDetails(weft.Code, weft.Message, Inner: InnerOf(exception)),
        _ => new FailureDetails(CodeOf(exception), exception.Message, Inner: InnerOf(exception)),
    };

    private static FailureDetails? InnerOf(Exception exception) =>
        exception.InnerException is { } inner ? Of(inner) : null;

    private static string CodeOf(Exception exception)
    {
        var name = exception.GetType().Name;
        var trimmed = name.EndsWith("Exception", StringComparison.Ordinal) ? name[..^"Exception".Length] : name;
        return System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(trimmed.Length == 0 ? name : trimmed);
    }
}

/// <summary>Thrown by an activity that knows whether a retry can help.</summary>
public class ActivityException(string code, string message, bool nonRetryable = false, JsonNode? details = null, Exception? innerException = null)
    : WeftException(code, message, innerException)
{
    /// <summary>Gets a value indicating whether a retry is pointless.</summary>
    public bool NonRetryable { get; } = nonRetryable;

    /// <summary>Gets further facts for the caller.</summary>
    public JsonNode? Details { get; } = details;
}

/// <summary>A durable step failed; the root of what an orchestrator can catch.</summary>
public abstract class OrchestrationFailureException(string message, string stepName, FailureDetails failure)
    : WeftException(failure.Code, message)
{
    /// <summary>Gets the name of the activity or orchestration that failed.</summary>
    public string StepName { get; } = stepName;

    /// <summary>Gets the failure as it was stored.</summary>
    public FailureDetails Failure { get; } = failure;
}

/// <summary>An activity failed for good.</summary>
public sealed class ActivityFailedException(string activityName, FailureDetails failure)
    : OrchestrationFailureException($"Activity '{activityName}' failed: {failure.Message}", activityName, failure);

/// <summary>A sub-orchestration failed for good, or was terminated.</summary>
public sealed class SubOrchestrationFailedException(string orchestrationName, string instanceId, FailureDetails failure)
    : OrchestrationFailureException($"Orchestration '{orchestrationName}' ({instanceId}) failed: {failure.Message}", orchestrationName, failure)
{
    /// <summary>Gets the child's instance id.</summary>
    public string InstanceId { get; } = instanceId;
}
