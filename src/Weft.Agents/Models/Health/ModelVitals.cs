using Polly;
using Polly.CircuitBreaker;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Models.Health;

/// <summary>What a model's calls showed lately, and its circuit. Safe for concurrent use.</summary>
internal sealed class ModelVitals
{
    private readonly Lock _gate = new();
    private readonly ModelsOptions _options;
    private readonly TimeProvider _time;
    private readonly DecayingAverage _latency;
    private readonly DecayingAverage _output;
    private readonly ResiliencePipeline<ModelOutcome> _circuit;
    private DateTimeOffset? _openUntil;
    private DateTimeOffset _coolUntil;
    private string? _coolReason;

    public ModelVitals(ModelsOptions options, TimeProvider time, Action<TimeSpan> opened)
    {
        (_options, _time) = (options, time);
        (_latency, _output) = (new DecayingAverage(options.ObservationHalfLife), new DecayingAverage(options.ObservationHalfLife));
        _circuit = new ResiliencePipelineBuilder<ModelOutcome> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<ModelOutcome>
            {
                FailureRatio = 0.5,
                MinimumThroughput = options.BreakerFailures,
                SamplingDuration = options.BreakerSampling,
                BreakDuration = options.BreakerDuration,
                ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Result is ModelOutcome.Failed failed && IsItsFault(failed.Failure.Kind)),
                OnOpened = args =>
                {
                    SetOpen(_time.GetUtcNow() + args.BreakDuration);
                    opened(args.BreakDuration);
                    return default;
                },
                OnClosed = _ =>
                {
                    SetOpen(null);
                    return default;
                },
            })
            .Build();
    }

    /// <summary>Calls the model through its circuit; an open circuit is a failure that another model survives.</summary>
    public async Task<ModelOutcome> CallAsync(string model, Func<CancellationToken, Task<ModelOutcome>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await _circuit.ExecuteAsync(static async (work, token) => await work(token), call, cancellationToken);
        }
        catch (BrokenCircuitException exception)
        {
            var wait = exception.RetryAfter ?? RemainingBreak(_time.GetUtcNow()) ?? _options.BreakerDuration;
            return new ModelOutcome.Failed(new ModelFailure(
                "circuit_open",
                $"{model} failed too often of late; it is left alone for another {Math.Max(1, Math.Ceiling(wait.TotalSeconds)):0} s.",
                MayTryOther: true,
                Transient: true)
            { RetryAfterMs = (long)wait.TotalMilliseconds });
        }
    }

    /// <summary>Learns from an outcome: the circuit has seen it already.</summary>
    public void Observe(ModelOutcome outcome)
    {
        var now = _time.GetUtcNow();
        switch (outcome)
        {
            case ModelOutcome.Replied replied:
                Observe(replied.LatencyMs, replied.Usage.OutputTokens, now);
                break;
            case ModelOutcome.Failed { Failure: var failure } when CoolDown(failure) is { } time:
                lock (_gate)
                {
                    (_coolUntil, _coolReason) = (now + time, failure.Kind);
                }

                break;
        }
    }

    public void Observe(long latencyMs, long outputTokens, DateTimeOffset at)
    {
        lock (_gate)
        {
            _latency.Add(latencyMs, at);
            _output.Add(outputTokens, at);

            // It answers again, whatever was said before.
            (_coolUntil, _coolReason) = (DateTimeOffset.MinValue, null);
        }
    }

    public ModelCondition Condition(DateTimeOffset now)
    {
        lock (_gate)
        {
            return new ModelCondition
            {
                CircuitOpenFor = RemainingBreak(now),
                Probing = _openUntil is { } until && until <= now,
                CoolingFor = _coolUntil > now ? _coolUntil - now : null,
                CoolingBecause = _coolUntil > now ? _coolReason : null,
                ObservedLatencyMs = _latency.At(now, _options.ObservedCalls),
                ObservedOutputTokens = _output.At(now, _options.ObservedCalls),
                ObservedCalls = (int)Math.Round(_latency.WeightAt(now)),
            };
        }
    }

    // A refused prompt or an empty purse says nothing about the model; everything else may be its provider's trouble.
    private static bool IsItsFault(string kind) =>
        kind is not ("bad_request" or "context_too_long" or "content_filter" or "budget_exceeded" or "cancelled" or "circuit_open");

    // What a provider says of the next minutes. The model is asked last meanwhile, not never.
    private static TimeSpan? CoolDown(ModelFailure failure) => failure.Kind switch
    {
        "rate_limited" or "overloaded" => TimeSpan.FromMilliseconds(Math.Clamp(failure.RetryAfterMs ?? 5_000, 1_000, 600_000)),
        "quota" => TimeSpan.FromMilliseconds(Math.Clamp(failure.RetryAfterMs ?? 600_000, 60_000, 3_600_000)),
        "auth" or "not_found" => TimeSpan.FromMinutes(5),
        _ => null,
    };

    private void SetOpen(DateTimeOffset? until)
    {
        lock (_gate)
        {
            _openUntil = until;
        }
    }

    private TimeSpan? RemainingBreak(DateTimeOffset now) => _openUntil is { } until && until > now ? until - now : null;
}
