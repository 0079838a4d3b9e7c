using System.Text.Json;
using Weft.Language;
using Weft.Workflows.Durable;

namespace Weft.Functions.Engine;

/// <summary>
/// A failure as the text of an exception, which is all that the durable engine keeps of one: readable in the portal, and read back here.
/// </summary>
internal static class FailureText
{
    /// <summary>The code of a call of an activity that the host does not know.</summary>
    public const string ActivityNotRegistered = "activity_not_registered";

    public static string Write(FailureDetails failure) => JsonSerializer.Serialize(failure, WeftJson.Options);

    /// <summary>The failure that an exception was, by its type's name and its message.</summary>
    /// <param name="errorType">The type's name; ours means that the message is a failure as JSON.</param>
    /// <param name="message">The message.</param>
    /// <param name="inner">The cause, when the engine knows one.</param>
    public static FailureDetails Read(string errorType, string message, FailureDetails? inner)
    {
        var name = errorType[(errorType.LastIndexOf('.') + 1)..];
        if (name == "DurableFailureException")
        {
            try
            {
                if (JsonSerializer.Deserialize<FailureDetails>(message, WeftJson.Options) is { Code: not null, Message: not null } failure)
                {
                    return failure;
                }
            }
            catch (JsonException)
            {
                // Cut short by a limit on the way: the text still tells what happened.
            }
        }

        return name switch
        {
            "ActivityTaskNotFound" => new FailureDetails(ActivityNotRegistered, message, NonRetryable: true),
            "OrchestratorTaskNotFound" => new FailureDetails("orchestrator_not_registered", message, NonRetryable: true),
            _ => new FailureDetails(CodeOf(name), message, Inner: inner),
        };
    }

    private static string CodeOf(string name)
    {
        var trimmed = name.EndsWith("Exception", StringComparison.Ordinal) ? name[..^"Exception".Length] : name;
        return JsonNamingPolicy.SnakeCaseLower.ConvertName(trimmed.Length == 0 ? name : trimmed);
    }
}
