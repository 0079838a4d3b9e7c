using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Weft.Agents.Models.Catalog;
using Weft.Agents.Models.Providers;
using Weft.Agents.Secrets;

namespace Weft.Agents.Models.Calls;

/// <summary>Makes one call over the wire, within its time, and says what came of it.</summary>
internal sealed class ModelCaller(ChatClients clients, TimeProvider time, ILogger<ModelCaller> logger)
{
    // What models were seen to refuse, so that the next call does not ask again.
    private readonly ConcurrentDictionary<(string Model, string Parameter), bool> _refused = new();

    /// <summary>Calls the model. A parameter that it refuses is left out, and the call made again at once.</summary>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled: nothing else is thrown.</exception>
    public async Task<WireOutcome> CallAsync(
        PreparedCall call, ModelSpec spec, ProviderConnection connection, SecretHiding secrets, TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        var model = $"{connection.Provider}/{spec.Model}";
        var facts = new CallFacts(model, connection.Provider, connection.BaseUrl.GetLeftPart(UriPartial.Authority), connection.KeySetting,
            secrets, call.Texts, timeout);
        var client = clients.For(connection, spec.Model);
        var started = time.GetTimestamp();
        using var deadline = new CancellationTokenSource(timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        call = WithoutKnownRefusals(call, model);
        while (true)
        {
            try
            {
                var response = await client.GetResponseAsync(call.Messages, call.Options, linked.Token);
                return new WireOutcome(response, null, call, Elapsed());
            }
            catch (Exception exception)
            {
                // The caller's own cancellation is its own; ours is a timeout.
                cancellationToken.ThrowIfCancellationRequested();
                if (Refusal(exception) is { } wire && WithoutRefused(call, wire, model) is { } changed)
                {
                    call = changed;
                    continue;
                }

                return new WireOutcome(null, FailureClassifier.Classify(exception, facts) with { LatencyMs = Elapsed() }, call, Elapsed());
            }
        }

        long Elapsed() => (long)time.GetElapsedTime(started).TotalMilliseconds;
    }

    private static WireFailureException? Refusal(Exception exception) =>
        (exception as WireFailureException ?? exception.InnerException as WireFailureException) is { Stage: WireStage.Status,
            Status: 400 or 422 } wire ? wire : null;

    private PreparedCall WithoutKnownRefusals(PreparedCall call, string model)
    {
        call = call.Options.Temperature is not null && _refused.ContainsKey((model, "temperature")) ? call.WithoutTemperature() : call;
        return call.Options.ResponseFormat is not null && _refused.ContainsKey((model, "response_format")) ? call.WithFormInWords() : call;
    }

    private PreparedCall? WithoutRefused(PreparedCall call, WireFailureException wire, string model)
    {
        var (parameter, changed) =
            call.Options.Temperature is not null && Names("temperature") ? ("temperature", call.WithoutTemperature())
            : call.Options.ResponseFormat is not null && (Names("response_format") || Names("output_config") || Names("json_schema"))
                ? ("response_format", call.WithFormInWords())
            : call.Options.ToolMode is RequiredChatToolMode && Names("tool_choice") ? ("tool_choice", call.WithFreeToolChoice())
            : (null, null);
        if (parameter is not null)
        {
            // A schema may be refused for itself, a temperature for its value; only what is unsupported as such is remembered.
            if (wire.DetailSays("not support") || wire.DetailSays("unsupported"))
            {
                _refused[(model, parameter)] = true;
            }

            logger.ParameterDropped(model, parameter);
        }

        return changed;

        bool Names(string name) => wire.Words.Any(w => w.StartsWith(name, StringComparison.Ordinal)) || wire.DetailSays(name);
    }
}
