using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weft.Agents.Models.Catalog;
using Weft.Agents.Models.Records;
using Weft.Agents.Telemetry;

namespace Weft.Agents.Models.Health;

/// <summary>The status of every model that was called, in this process; at first from the records of the last hours.</summary>
internal sealed class ModelHealth
{
    private readonly IOptions<ModelsOptions> _options;
    private readonly TimeProvider _time;
    private readonly ModelCallRecords _records;
    private readonly ILogger<ModelHealth> _logger;
    private readonly ConcurrentDictionary<string, ModelStatus> _statuses = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _warming = new(1, 1);
    private volatile bool _warm;

    public ModelHealth(
        IOptions<ModelsOptions> options, TimeProvider time, ModelCallRecords records, IMeterFactory meters, ILogger<ModelHealth> logger)
    {
        (_options, _time, _records, _logger) = (options, time, records, logger);
        meters.Create(WeftMeters.Dashboard).CreateObservableGauge(
            "circuit.breaker.state",
            Circuits,
            unit: null,
            "The circuit of each model that was called: 0 closed, 1 open, 2 letting one call through to see.");
    }

    public ModelStatus Of(ModelSpec spec) => Of(spec.Provider, spec.Model, spec.BaseUrl);

    /// <summary>Learns once from what earlier processes recorded, so that a restart forgets nothing.</summary>
    public async Task WarmAsync(CancellationToken cancellationToken)
    {
        if (_warm)
        {
            return;
        }

        await _warming.WaitAsync(cancellationToken);
        try
        {
            if (_warm)
            {
                return;
            }

            foreach (var call in (await _records.RecentAsync(cancellationToken)).Where(c => c.Success).OrderBy(c => c.CreatedAt))
            {
                Of(call.Provider, call.Model, call.BaseUrl).Observe(
                    call.LatencyMs, call.ActualOutputTokens, new DateTimeOffset(call.CreatedAt, TimeSpan.Zero));
            }

            _warm = true;
        }
        finally
        {
            _warming.Release();
        }
    }

    private IEnumerable<Measurement<int>> Circuits()
    {
        var now = _time.GetUtcNow();
        return _statuses.Select(v => new Measurement<int>(
            v.Value.Condition(now) switch { { CircuitOpenFor: not null } => 1, { Probing: true } => 2, _ => 0 },
            new KeyValuePair<string, object?>("model", v.Key)));
    }

    private ModelStatus Of(string provider, string model, string? baseUrl)
    {
        var name = $"{provider}/{model}";
        return _statuses.GetOrAdd(
            baseUrl is null ? name : $"{name}@{baseUrl}",
            _ => new ModelStatus(_options.Value, _time, duration => _logger.CircuitOpened(name, duration.TotalSeconds)));
    }
}
