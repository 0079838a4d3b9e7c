using Polly;
using Polly.CircuitBreaker;
using Weft.Workflows.Contracts;
using Weft.Workflows.Failures;

namespace Weft.Agents.Models.Health;

/// <summary>What a model's calls showed lately, and its circuit. Safe for concurrent use.</summary>
internal sealed class ModelStatus
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

    public ModelStatus(ModelsOptions options, TimeProvider time, Action<TimeSpan> opened)
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
                ShouldHandle = static args => ValueTask.FromResult(
                    args.Outcome.Result is ModelOutcome.Failed failed && ModelFailureKind.Of(failed.Failure.Kind).BlamesModel),
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
    public async Task<ModelOutcome> CallAsync(
        string model, Func<CancellationToken, Task<ModelOutcome>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await _circuit.ExecuteAsync(static async (work, token) => await work(token), call, cancellationToken);
        }
        catch (BrokenCircuitException exception)
        {
            var wait = exception.RetryAfter ?? RemainingBreak(_time.GetUtcNow()) ?? _options.BreakerDuration;
            return new ModelOutcome.Failed(ModelFailureKind.CircuitOpen.Failure(
                $"{model} failed too often of late; it is left alone for another {Math.Max(1, Math.Ceiling(wait.TotalSeconds)):0} s.") with
            {
                RetryAfterMs = (long)wait.TotalMilliseconds,
            });
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

    private static TimeSpan? CoolDown(ModelFailure failure) => ModelFailureKind.Of(failure.Kind).Cooling?.For(
        failure.RetryAfterMs is { } asked ? TimeSpan.FromMilliseconds(asked) : null);

    private void SetOpen(DateTimeOffset? until)
    {
        lock (_gate)
        {
            _openUntil = until;
        }
    }

    private TimeSpan? RemainingBreak(DateTimeOffset now) => _openUntil is { } until && until > now ? until - now : null;
}
