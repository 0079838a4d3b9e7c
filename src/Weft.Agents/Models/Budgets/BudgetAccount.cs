using System.Globalization;
using System.Text.Json;
using Weft.Agents.Storage;
using Weft.Language;

namespace Weft.Agents.Models.Budgets;

/// <summary>The stored state of one budget, and what can happen to it. Not safe for concurrent use.</summary>
/// <remarks>
/// What calls under way may cost is held by the minute at which each hold lapses. A hold that lapses unsettled (its process died in
/// the call) counts as spent, for the provider may well have billed it.
/// </remarks>
internal sealed class BudgetAccount
{
    public required string Kind { get; init; }

    public required string Id { get; init; }

    public required string Owner { get; init; }

    public decimal LimitUsd { get; set; }

    public decimal SpentUsd { get; set; }

    /// <summary>Gets or sets the part of <see cref="SpentUsd"/> that lapsed holds are.</summary>
    public decimal LapsedUsd { get; set; }

    public bool Alerted { get; set; }

    /// <summary>Gets or sets the held USD, by the minute (UTC) in which they lapse.</summary>
    public SortedDictionary<string, decimal> Held { get; set; } = new(StringComparer.Ordinal);

    public static BudgetAccount Read(BudgetScope scope, Row? row) =>
        row?.As<BudgetAccount>() ?? new BudgetAccount { Kind = scope.Kind, Id = scope.Id, Owner = scope.Owner };

    public static string Minute(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);

    public string ToJson() => JsonSerializer.Serialize(this, WeftJson.Options);

    /// <summary>Holds as much as is wanted, or all that is left when that is enough; null when it is not.</summary>
    public decimal? Reserve(decimal least, decimal most, string lapses)
    {
        var left = LimitUsd - SpentUsd - Held.Values.Sum();
        if (left < least)
        {
            return null;
        }

        var held = Math.Min(most, left);
        Held[lapses] = Held.GetValueOrDefault(lapses) + held;
        return held;
    }

    /// <summary>Turns a hold into what was really spent.</summary>
    public void Settle(decimal held, decimal actual, string lapses)
    {
        SpentUsd += actual;
        if (!Held.TryGetValue(lapses, out var minute))
        {
            // It had lapsed, and was counted as spent already.
            SpentUsd = Math.Max(0, SpentUsd - held);
            LapsedUsd = Math.Max(0, LapsedUsd - held);
        }
        else if (minute - held <= 0)
        {
            Held.Remove(lapses);
        }
        else
        {
            Held[lapses] = minute - held;
        }
    }

    public void Lapse(DateTimeOffset now)
    {
        var minute = Minute(now);
        foreach (var lapsed in Held.Keys.TakeWhile(k => string.CompareOrdinal(k, minute) < 0).ToList())
        {
            SpentUsd += Held[lapsed];
            LapsedUsd += Held[lapsed];
            Held.Remove(lapsed);
        }
    }

    /// <summary>Whether this is the first time that the threshold is passed.</summary>
    public bool PassesThreshold(double threshold)
    {
        if (Alerted || LimitUsd <= 0 || SpentUsd < LimitUsd * (decimal)threshold)
        {
            return false;
        }

        Alerted = true;
        return true;
    }

    public BudgetStatus Status(string label) => new(label, Kind, Id, Owner, LimitUsd, SpentUsd, Held.Values.Sum(), Alerted);
}
