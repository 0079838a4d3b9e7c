using System.Diagnostics;
using Weft.Agents.Telemetry;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using ActivityContext = Weft.Workflows.Durable.ActivityContext;

namespace Weft.Agents.Models.Calls;

/// <summary>A model call with its span.</summary>
internal sealed class TracedModelCall(IActivity<CallModelRequest, ModelOutcome> inner) : IActivity<CallModelRequest, ModelOutcome>
{
    public async Task<ModelOutcome> RunAsync(ActivityContext context, CallModelRequest input, CancellationToken cancellationToken)
    {
        var model = input.Model!; // it is known by now: the request's, or the ranking's
        using var span = WeftTracing.StartCall($"chat {model.Model}", ActivityKind.Client, input.Scope);
        span?.SetTag("gen_ai.operation.name", "chat")
            .SetTag("gen_ai.provider.name", model.Provider)
            .SetTag("gen_ai.request.model", model.Model)
            .SetTag("gen_ai.request.temperature", input.Temperature)
            .SetTag("gen_ai.request.max_tokens", input.MaxTokens)
            .SetTag("weft.call_id", input.CallId);
        try
        {
            var outcome = await inner.RunAsync(context, input, cancellationToken);
            if (span is not null)
            {
                Describe(span, model, outcome);
            }

            return outcome;
        }
        catch (Exception exception)
        {
            span?.Fail(exception is OperationCanceledException ? "cancelled" : exception.GetType().FullName ?? "exception");
            throw;
        }
    }

    private static void Describe(Activity span, RankedModel model, ModelOutcome outcome)
    {
        switch (outcome)
        {
            case ModelOutcome.Replied replied:
                span.SetTag("gen_ai.response.model", model.Model)
                    .SetTag("gen_ai.response.finish_reasons", new[] { replied.FinishReason })
                    .SetTag("gen_ai.usage.input_tokens", replied.Usage.InputTokens)
                    .SetTag("gen_ai.usage.output_tokens", replied.Usage.OutputTokens)
                    .SetTag("weft.cost_usd", replied.CostUsd);
                break;
            case ModelOutcome.Failed { Failure: var failure }:
                span.SetTag("weft.cost_usd", failure.CostUsd).SetTag("http.response.status_code", failure.HttpStatus);
                span.Fail(failure.Kind);
                break;
        }
    }
}
