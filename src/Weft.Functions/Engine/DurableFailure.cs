using System.Text.Json;
using Microsoft.DurableTask;
using Weft.Workflows;
using Weft.Workflows.Orchestration;

namespace Weft.Functions.Engine;

/// <summary>An orchestration's failure on its way through the durable engine, which keeps an exception's type and message only.</summary>
/// <remarks>The message is the failure as JSON: readable in the portal, and read back by the parent and by the client.</remarks>
public sealed class DurableFailureException(FailureDetails failure)
    : Exception(JsonSerializer.Serialize(failure, WeftJson.Options))
{
    /// <summary>The failure that a durable task reported, ours when it came from here.</summary>
    public static FailureDetails Read(TaskFailureDetails details)
    {
        if (details.ErrorType.EndsWith(nameof(DurableFailureException), StringComparison.Ordinal))
        {
            try
            {
                if (JsonSerializer.Deserialize<FailureDetails>(details.ErrorMessage, WeftJson.Options) is { } failure)
                {
                    return failure;
                }
            }
            catch (JsonException)
            {
                // Cut short by a limit on the way: the text still tells what happened.
            }
        }

        var name = details.ErrorType[(details.ErrorType.LastIndexOf('.') + 1)..];
        return new FailureDetails(
            JsonNamingPolicy.SnakeCaseLower.ConvertName(name),
            details.ErrorMessage,
            Inner: details.InnerFailure is { } inner ? Read(inner) : null);
    }
}
