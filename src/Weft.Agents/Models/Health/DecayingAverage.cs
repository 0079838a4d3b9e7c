namespace Weft.Agents.Models.Health;

/// <summary>An average in which each value counts half as much once a half-life has passed. Not safe for concurrent use.</summary>
internal sealed class DecayingAverage(TimeSpan halfLife)
{
    private double _sum;
    private double _weight;
    private DateTimeOffset _at;
    private long _count;

    public void Add(double value, DateTimeOffset at)
    {
        var keep = KeptAt(at);
        _sum = (_sum * keep) + value;
        _weight = (_weight * keep) + 1;
        _at = at > _at ? at : _at;
        _count++;
    }

    /// <summary>The average, when there were that many values and half as many still count by their age; else null.</summary>
    public double? At(DateTimeOffset now, int atLeast) => _count >= atLeast && WeightAt(now) >= atLeast / 2.0 ? _sum / _weight : null;

    /// <summary>How many values count, each by its age.</summary>
    public double WeightAt(DateTimeOffset now) => _weight * KeptAt(now);

    private double KeptAt(DateTimeOffset at) => at <= _at ? 1 : Math.Pow(0.5, (at - _at) / halfLife);
}
