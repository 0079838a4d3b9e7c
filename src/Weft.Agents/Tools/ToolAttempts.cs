using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weft.Agents.Secrets;
using Weft.Agents.Tools.Records;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Language.Expressions;
using Weft.Language.Expressions.Values;
using Weft.Workflows.Contracts;
using Weft.Workflows.Failures;

namespace Weft.Agents.Tools;

/// <summary>Makes a call within the limits of its app, and again where that is safe.</summary>
internal sealed class ToolAttempts(
    ToolGate gate, ToolSecrets secrets, IOptions<ToolOptions> options, TimeProvider time, ILogger<ToolAttempts> logger)
{
    /// <summary>A wait longer than this is told to the orchestrator, which can wait durably, instead of being sat out.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    public async Task<AttemptsResult> RunAsync(
        CallToolRequest request, PreparedCall call, ToolCallLedger.Entry entry, CancellationToken cancellationToken)
    {
        var timeout = request.Timeout ?? call.Tool.Timeout ?? options.Value.Timeout;
        var env = ToolSecrets.EnvOf(request.Scope, call.Tool.Env);
        var revealed = await secrets.RevealAsync(call.Arguments, call.Definition, env, cancellationToken);
        var settings = revealed.Failure is null ? await SettingsAsync(call, (JsonObject)revealed.Node, env, cancellationToken) : revealed;
        if (settings.Failure is { } missing)
        {
            return new AttemptsResult(new ToolReply.Failed(missing, Certainty.NotDone), 0);
        }

        var hiding = revealed.Hiding.And(settings.Hiding);
        var attempt = new ToolAttempt(
            request.Scope, request.CallId, (JsonObject)revealed.Node, request.EntityId, ToolCallLedger.IdempotencyKeyOf(request), timeout)
        {
            Settings = (JsonObject)settings.Node,
            Hiding = hiding,
        };
        if (await call.Tool.Runner.PrepareAsync(attempt, cancellationToken) is { } unready)
        {
            return new AttemptsResult(ToolSecrets.Hide(unready, hiding), 0);
        }

        var begun = call.Effect == ToolEffect.Reads;
        var doubtful = false;
        ToolReply.Failed? last = null;
        for (var number = 1; ; number++)
        {
            IDisposable? turn;
            try
            {
                (turn, var refusal) = await gate.EnterAsync(call.Tool, timeout < LongestPause ? timeout : LongestPause, cancellationToken);
                if (refusal is not null)
                {
                    return Ended(new ToolReply.Failed(refusal, Certainty.NotDone), number - 1, doubtful);
                }
            }
            catch (OperationCanceledException) when (last is { Certainty: Certainty.NotDone } && !doubtful)
            {
                // It is known that nothing was done; the record must not say less.
                return new AttemptsResult(last, number - 1);
            }

            ToolReply reply;
            using (turn)
            {
                if (!begun && await entry.BeginAsync(cancellationToken) is { } other)
                {
                    return Beaten(request, call, other, number - 1);
                }

                begun = true;
                reply = ToolSecrets.Hide(await SendAsync(call, attempt, cancellationToken), hiding);
            }

            last = reply as ToolReply.Failed;
            doubtful |= last?.Certainty == Certainty.Unknown && call.Effect == ToolEffect.Writes;
            if (last is null || number >= (request.AttemptsLeft ?? options.Value.MaxAttempts) || !MayRepeat(last, call.Effect, request)
                || DelayBefore(number, last.Failure) is var delay && delay > LongestPause)
            {
                return Ended(reply, number, doubtful);
            }

            logger.ToolRetried(call.Tool.Name, delay, number + 1, last.Failure.Message);
            try
            {
                await Task.Delay(delay, time, cancellationToken);
            }
            catch (OperationCanceledException) when (last.Certainty == Certainty.NotDone && !doubtful)
            {
                return new AttemptsResult(reply, number);
            }
        }
    }

    /// <summary>The tool's settings as this call has them: rendered over its arguments, with the secrets in place.</summary>
    private async Task<Revealed> SettingsAsync(
        PreparedCall call, JsonObject arguments, IReadOnlyDictionary<string, string>? env, CancellationToken cancellationToken)
    {
        if (call.Tool.Settings is not { } settings)
        {
            return new Revealed(new JsonObject(), SecretHiding.None, null);
        }

        try
        {
            var scope = new ExpressionScope().SetAll(arguments).Set("input", arguments.DeepClone())
                .Set("workflow", new JsonObject { ["id"] = call.Definition?.Id }).Set("tool", new JsonObject { ["id"] = call.Tool.App });
            var rendered = TemplateTree.Parse(settings).Evaluate(scope).Value ?? new JsonObject();
            return await secrets.RevealAsync(rendered, call.Definition, env, cancellationToken);
        }
        catch (ExpressionException exception)
        {
            var failure =
                ToolFailureKind.InvalidArguments.Failure($"The tool '{call.Tool.App}' cannot make this call: {exception.Message}");
            return new Revealed(new JsonObject(), SecretHiding.None, failure);
        }
    }

    /// <summary>One attempt in doubt leaves the call in doubt, unless a later one was answered.</summary>
    private static AttemptsResult Ended(ToolReply reply, int attempts, bool doubtful) => new(
        doubtful && reply is ToolReply.Failed { Certainty: Certainty.NotDone } failed ? failed with { Certainty = Certainty.Unknown }
            : reply, attempts);

    /// <summary>Sends once. A call with an effect outlives its cancellation for a while, so that its outcome becomes known.</summary>
    private async Task<ToolReply> SendAsync(PreparedCall call, ToolAttempt attempt, CancellationToken cancellationToken)
    {
        using var send = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var cancelled = cancellationToken.UnsafeRegister(
            _ => send.CancelAfter(call.Effect == ToolEffect.Reads ? TimeSpan.Zero : options.Value.DrainTime), null);
        try
        {
            return await call.Tool.Runner.RunAsync(attempt, send.Token);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
    }

    /// <summary>
    /// Whether it is safe to send the call again, and ours to do so: the step makes the next attempt itself, but for one in doubt.
    /// </summary>
    private static bool MayRepeat(ToolReply.Failed failed, ToolEffect effect, CallToolRequest request) => failed.Certainty switch
    {
        Certainty.Unknown when effect == ToolEffect.Writes => request.OnUnknownOutcome == UnknownOutcomePolicy.Retry,
        _ when request.AttemptsLeft is not null => false,
        Certainty.NotDone => failed.Failure.Retryable,
        Certainty.Answered => failed.Failure.Retryable && effect != ToolEffect.Writes,
        _ => true,
    };

    private TimeSpan DelayBefore(int number, ToolFailure failure)
    {
        var backoff = RetryDelay.After(number, options.Value.RetryDelay);
        var asked = TimeSpan.FromMilliseconds(failure.RetryAfterMs ?? 0);
        return asked > backoff ? asked + TimeSpan.FromMilliseconds(Random.Shared.Next(0, 100)) : backoff;
    }

    /// <summary>Another delivery wrote its record between our look and our intent.</summary>
    private static AttemptsResult Beaten(CallToolRequest request, PreparedCall call, StoredToolCall other, int attempts)
    {
        var outcome = ToolCallLedger.Recorded(other)
            ?? new ToolOutcome.Failed(UnknownOutcome.Of(request, call.Tool, other.Record, null), 0) { Attempts = 0 };
        return new AttemptsResult(new ToolReply.Answered(null), attempts) { Replayed = outcome };
    }
}
