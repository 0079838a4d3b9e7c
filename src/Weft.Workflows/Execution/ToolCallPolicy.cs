using Weft.Language.Definitions;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using Weft.Workflows.Failures;

namespace Weft.Workflows.Execution;

/// <summary>Makes a tool call of a step or an agent to its end, and asks a person where nobody knows whether it took effect.</summary>
/// <remarks>
/// A call has one owner of its repeats, so that their numbers never multiply. A tool step with a retry policy, its own or one it
/// inherits, owns them: each of its attempts sends one request (<see cref="CallToolRequest.AttemptsLeft"/>). Without one, and for
/// whatever an agent calls, the tool's own attempts are all there are. What a person wants made again is a call of its own:
/// <c>{call id}.2</c>, and so on.
/// </remarks>
/// <param name="context">The instance that makes the calls.</param>
/// <param name="ask">Asks a person what to do about a call: retry, skip or fail.</param>
internal sealed class ToolCallPolicy(
    IOrchestrationContext context, Func<CallToolRequest, ToolFailure, CancellationToken, Task<string>> ask)
{
    /// <summary>How agents' calls were made again before their outcomes told the requests that were sent.</summary>
    private static readonly RetryPolicy EarlierRetry = new() { MaxAttempts = 2 };

    private static readonly TimeSpan LongestEarlierWait = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Gets a value indicating whether outcomes that earlier releases recorded are followed by the repeat that those releases made.
    /// </summary>
    public bool RepeatsAsEarlier { get; init; }

    /// <summary>Makes the call.</summary>
    /// <param name="request">The call; of later ones only the id differs.</param>
    /// <param name="note">Is told every outcome, the last one included.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>The last outcome, and whether a person said to go on without it.</returns>
    /// <exception cref="ActivityFailedException">The call could not be made for a fault of our own.</exception>
    public async Task<(ToolOutcome Outcome, bool Skipped)> RunAsync(
        CallToolRequest request, Action<ToolOutcome> note, CancellationToken cancellationToken)
    {
        for (var again = 1; ; again++)
        {
            var call = again == 1 ? request : request with { CallId = $"{request.CallId}.{again}" };
            var outcome = await context.CallActivityAsync<ToolOutcome>(
                StepNames.CallTool, call, new ActivityOptions { CancellationToken = cancellationToken });
            note(outcome);
            if (outcome is not ToolOutcome.Failed failed)
            {
                return (outcome, false);
            }

            if (ToolFailureKind.UnknownOutcome.Is(failed.Failure) && request.OnUnknownOutcome == UnknownOutcomePolicy.Ask)
            {
                var choice = await ask(call, failed.Failure, cancellationToken);
                if (choice != "retry")
                {
                    return (outcome, choice == "skip");
                }
            }
            else if (EarlierWait(failed, again, call.CallId) is { } wait)
            {
                await context.CreateTimer(wait, cancellationToken);
            }
            else
            {
                return (outcome, false);
            }
        }
    }

    /// <summary>The wait before the repeat that a recorded history goes on with; null: there is none.</summary>
    private TimeSpan? EarlierWait(ToolOutcome.Failed failed, int again, string callId)
    {
        if (!RepeatsAsEarlier || failed.Attempts is not null || !failed.Failure.Retryable || again >= EarlierRetry.MaxAttempts)
        {
            return null;
        }

        var wait = failed.Failure.RetryAfterMs is { } asked
            ? TimeSpan.FromMilliseconds(asked) : RetryBackoff.DelayAfter(EarlierRetry, again, $"{context.InstanceId}/{callId}", 0);
        return wait < LongestEarlierWait ? wait : LongestEarlierWait;
    }
}
