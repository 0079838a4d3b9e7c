using System.Diagnostics.Metrics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weft.Agents.Telemetry;

namespace Weft.Functions.Telemetry;

/// <summary>Sends the product's metrics to Application Insights: summed in this process, once a minute.</summary>
internal sealed class MetricsForwarder(IMeterFactory meters, ILogger<MetricsForwarder> logger, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<Series, double> _sums = [];
    private readonly Dictionary<Series, double> _levels = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, meters)
                    && instrument.Meter.Name.StartsWith(WeftMeters.Prefix, StringComparison.Ordinal))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Count(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Count(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Count(instrument, value, tags));
        listener.Start();

        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                listener.RecordObservableInstruments();
                Send();
            }
        }
        catch (OperationCanceledException)
        {
            // The last minute's counts go out with the host.
            Send();
        }
    }

    private void Count(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new List<string>(tags.Length);
        foreach (var (key, label) in tags)
        {
            labels.Add($"{key}={label}");
        }

        labels.Sort(StringComparer.Ordinal);
        var series = new Series(instrument.Name, string.Join('\n', labels));
        lock (_lock)
        {
            if (instrument.GetType().Name.StartsWith("Histogram", StringComparison.Ordinal))
            {
                // With the sum below, the mean: name / name.count.
                var count = series with { Name = $"{series.Name}.count" };
                _sums[count] = _sums.GetValueOrDefault(count) + 1;
            }

            if (instrument.IsObservable)
            {
                _levels[series] = value;
            }
            else
            {
                _sums[series] = _sums.GetValueOrDefault(series) + value;
            }
        }
    }

    private void Send()
    {
        List<(Series Series, double Value)> values;
        lock (_lock)
        {
            values = [.. _sums.Select(s => (s.Key, s.Value)), .. _levels.Select(s => (s.Key, s.Value))];
            _sums.Clear();
            _levels.Clear();
        }

        foreach (var (series, value) in values)
        {
            var properties = series.Labels.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(l => l.Split('=', 2))
                .ToDictionary(l => l[0], object (l) => l[1], StringComparer.Ordinal);
            logger.LogMetric(series.Name, value, properties);
        }
    }

    private sealed record Series(string Name, string Labels);
}
