using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weft.Agents.Models.Catalog;
using Weft.Agents.Records;

namespace Weft.Agents.Models.Health;

/// <summary>The vitals of every model that was called, in this process; at first from the records of the last hours.</summary>
internal sealed class ModelHealth(IOptions<ModelsOptions> options, TimeProvider time, ModelCallRecords records, ILogger<ModelHealth> logger)
{
    private readonly ConcurrentDictionary<string, ModelVitals> _vitals = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _warming = new(1, 1);
    private volatile bool _warm;

    public ModelVitals Of(ModelSpec spec) => Of(spec.Provider, spec.Model, spec.BaseUrl);

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

            foreach (var call in (await records.RecentAsync(cancellationToken)).Where(c => c.Success).OrderBy(c => c.CreatedAt))
            {
                Of(call.Provider, call.Model, call.BaseUrl).Observe(call.LatencyMs, call.ActualOutputTokens, new DateTimeOffset(call.CreatedAt, TimeSpan.Zero));
            }

            _warm = true;
        }
        finally
        {
            _warming.Release();
        }
    }

    private ModelVitals Of(string provider, string model, string? baseUrl)
    {
        var name = $"{provider}/{model}";
        return _vitals.GetOrAdd(
            baseUrl is null ? name : $"{name}@{baseUrl}",
            _ => new ModelVitals(options.Value, time, duration => logger.CircuitOpened(name, duration.TotalSeconds)));
    }
}
