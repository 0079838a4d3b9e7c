using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Weft.Agents.Telemetry;

namespace Weft.Api.Operations;

/// <summary>Adds up what the product's meters measure, and writes it in Prometheus' text form (exposition format 0.0.4).</summary>
/// <remarks>Listens to meters named <c>Weft.*</c> and to ASP.NET Core's request durations. Safe for concurrent use.</remarks>
internal sealed class MetricsCollector : IDisposable
{
    // A label that takes a new value with each call would fill the memory; a series beyond this many is not kept.
    private const int MostSeries = 5_000;

    private static readonly double[] Bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600];

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Family> _families = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();
    private int _series;

    /// <summary>Begins to listen.</summary>
    /// <param name="meters">The host's meters: those of another host in this process are its own.</param>
    public MetricsCollector(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters) && IsShown(instrument))
            {
                // Listed before anything was measured, so that a dashboard or an alert finds the name.
                Publish(instrument);
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measure(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Measure(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measure(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Everything that was measured so far.</summary>
    public string Render()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        lock (_gate)
        {
            foreach (var (name, family) in _families)
            {
                text.Append("# HELP ").Append(name).Append(' ')
                    .Append(family.Help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal))
                    .Append('\n');
                text.Append("# TYPE ").Append(name).Append(' ').Append(family.Type).Append('\n');
                foreach (var (labels, series) in family.Series)
                {
                    Write(text, name, labels, series, family.Type);
                }
            }
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private static bool IsShown(Instrument instrument) => instrument.Meter.Name.StartsWith(WeftMeters.Prefix, StringComparison.Ordinal)
        || instrument is { Meter.Name: "Microsoft.AspNetCore.Hosting", Name: "http.server.request.duration" };

    private void Publish(Instrument instrument)
    {
        var type = TypeOf(instrument);
        lock (_gate)
        {
            _families.TryAdd(NameOf(instrument, type), new Family(type, instrument.Description ?? instrument.Name));
        }
    }

    private void Measure(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var type = TypeOf(instrument);
        var labels = Labels(tags);
        lock (_gate)
        {
            var name = NameOf(instrument, type);
            if (!_families.TryGetValue(name, out var family))
            {
                _families[name] = family = new Family(type, instrument.Description ?? instrument.Name);
            }

            if (!family.Series.TryGetValue(labels, out var series))
            {
                if (_series >= MostSeries)
                {
                    return;
                }

                _series++;
                family.Series[labels] = series = new Series(type == "histogram" ? new long[Bounds.Length] : null);
            }

            series.Add(value, absolute: instrument.IsObservable || type == "gauge" && !IsUpDown(instrument));
        }
    }

    private static void Write(StringBuilder text, string name, string labels, Series series, string type)
    {
        if (type != "histogram")
        {
            text.Append(name).Append(labels.Length > 0 ? $"{{{labels}}}" : "").Append(' ').Append(Number(series.Sum)).Append('\n');
            return;
        }

        var comma = labels.Length > 0 ? "," : "";
        var below = 0L;
        for (var i = 0; i < Bounds.Length; i++)
        {
            below += series.Buckets![i]; // Histograms have buckets.
            text.Append(name).Append("_bucket{").Append(labels).Append(comma).Append("le=\"").Append(Number(Bounds[i])).Append("\"} ")
                .Append(below).Append('\n');
        }

        text.Append(name).Append("_bucket{").Append(labels).Append(comma).Append("le=\"+Inf\"} ").Append(series.Count).Append('\n');
        var braces = labels.Length > 0 ? $"{{{labels}}}" : "";
        text.Append(name).Append("_sum").Append(braces).Append(' ').Append(Number(series.Sum)).Append('\n');
        text.Append(name).Append("_count").Append(braces).Append(' ').Append(series.Count).Append('\n');
    }

    private static string TypeOf(Instrument instrument)
    {
        var generic = instrument.GetType().Name;
        return generic.StartsWith("Histogram", StringComparison.Ordinal) ? "histogram"
            : generic.Contains("UpDown", StringComparison.Ordinal) || generic.Contains("Gauge", StringComparison.Ordinal) ? "gauge"
            : "counter";
    }

    private static bool IsUpDown(Instrument instrument) => instrument.GetType().Name.Contains("UpDown", StringComparison.Ordinal);

    private static string NameOf(Instrument instrument, string type)
    {
        var name = string.Concat(instrument.Name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        name = instrument.Unit switch
        {
            "s" when !name.EndsWith("_seconds", StringComparison.Ordinal) => name + "_seconds",
            "ms" when !name.EndsWith("_milliseconds", StringComparison.Ordinal) => name + "_milliseconds",
            "USD" when !name.EndsWith("_usd", StringComparison.Ordinal) => name + "_usd",
            _ => name,
        };
        return type == "counter" && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length == 0)
        {
            return "";
        }

        var labels = new List<string>(tags.Length);
        foreach (var (key, value) in tags)
        {
            var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            text = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace(
                "\n", "\\n", StringComparison.Ordinal);
            labels.Add($"{string.Concat(key.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'))}=\"{text}\"");
        }

        labels.Sort(StringComparer.Ordinal);
        return string.Join(',', labels);
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private sealed record Family(string Type, string Help)
    {
        public SortedDictionary<string, Series> Series { get; } = new(StringComparer.Ordinal);
    }

    private sealed class Series(long[]? buckets)
    {
        public long[]? Buckets { get; } = buckets;

        public double Sum { get; private set; }

        public long Count { get; private set; }

        public void Add(double value, bool absolute)
        {
            Sum = absolute ? value : Sum + value;
            Count++;
            if (Buckets is null)
            {
                return;
            }

            for (var i = 0; i < Bounds.Length; i++)
            {
                if (value <= Bounds[i])
                {
                    Buckets[i]++;
                    return;
                }
            }
        }
    }
}
