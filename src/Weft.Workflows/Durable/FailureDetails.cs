using System.Text.Json.Nodes;
using Weft.Language;

namespace Weft.Workflows.Durable;

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
    /// <summary>What the failure means to whoever meets it again: only whether a retry can help was stored.</summary>
    public Fault AsFault() => Fault.Internal with { Retryable = !NonRetryable };

    /// <summary>Describes an exception that an activity or an orchestrator threw.</summary>
    public static FailureDetails Of(Exception exception) => exception switch
    {
        OrchestrationFailureException failed => failed.Failure,
        WeftException weft => new FailureDetails(
            weft.Code, weft.Message, !weft.Fault.Retryable, (weft as ActivityException)?.Details?.DeepClone(), InnerOf(exception)),
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
