using System.Globalization;
using Weft.Language.Diagnostics;

namespace Weft.Language.Tests.Definitions;

public sealed class CronTextTests
{
    private const string Alone = " L, W and # stand alone, without a list, a range or a step.";

    private static readonly string[] Weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    [Theory]
    [InlineData("0 9 L * *", "2026-11-20T00:00", "2026-11-30T09:00")]
    [InlineData("0 9 L-2 * *", "2026-11-20T00:00", "2026-11-28T09:00")]
    [InlineData("0 9 LW * *", "2026-05-20T00:00", "2026-05-29T09:00")] // the 31st is a Sunday
    [InlineData("0 9 15W * *", "2026-08-01T00:00", "2026-08-14T09:00")] // the 15th is a Saturday
    [InlineData("0 9 1W * *", "2026-07-31T09:00", "2026-08-03T09:00")] // never in another month
    [InlineData("0 9 * * FRIL", "2026-11-20T10:00", "2026-11-27T09:00")]
    [InlineData("0 9 * * 5L", "2026-11-27T09:00", "2026-12-25T09:00")]
    [InlineData("0 9 * * MON#1", "2026-11-20T00:00", "2026-12-07T09:00")]
    [InlineData("0 9 * * 1#5", "2026-11-20T00:00", "2026-11-30T09:00")]
    [InlineData("30 0 9 L * *", "2026-11-20T00:00", "2026-11-30T09:00:30")]
    public void Next_OfADayThatIsNoNumber_IsThatDay(string cron, string after, string expected) =>
        Assert.Equal(Time(expected), Of(cron).Next(Time(after), inclusive: false));

    [Theory]
    [InlineData("0 0 13 * 5", "2026-11-20T00:00", "2026-11-27T00:00")]
    [InlineData("0 0 13 * 5", "2026-12-12T00:00", "2026-12-13T00:00")]
    [InlineData("0 0 L * MON#1", "2026-11-29T00:00", "2026-11-30T00:00")]
    [InlineData("0 0 L * MON#1", "2026-11-30T00:00", "2026-12-07T00:00")]
    public void Next_WhereDayAndWeekdayAreNamed_IsTheEarlier(string cron, string after, string expected) =>
        Assert.Equal(Time(expected), Of(cron).Next(Time(after), inclusive: false));

    [Theory]
    [InlineData("0 0 ? * MON", "2026-11-27T00:00", "2026-11-30T00:00")]
    [InlineData("0 0 */2 * MON", "2026-11-27T00:00", "2026-12-07T00:00")] // the 30th is even
    public void Next_WhereOneOfTheTwoStartsWithAStar_FitsBoth(string cron, string after, string expected) =>
        Assert.Equal(Time(expected), Of(cron).Next(Time(after), inclusive: false));

    [Theory]
    [InlineData("*/60 * * * *", "2026-11-20T09:01", "2026-11-20T10:00")] // no second step fits
    [InlineData("5/60 * * * *", "2026-11-20T09:06", "2026-11-20T10:05")]
    [InlineData("*/30,7 * * * *", "2026-11-20T09:01", "2026-11-20T09:07")]
    [InlineData("0 0 * * 5/2", "2026-11-20T00:00", "2026-11-27T00:00")] // not Sunday, which is 0 to a step
    [InlineData("0 0 * * 7/3", "2026-11-22T00:00", "2026-11-25T00:00")]
    public void Next_OfAnUnusualStep_CountsWithinItsField(string cron, string after, string expected) =>
        Assert.Equal(Time(expected), Of(cron).Next(Time(after), inclusive: false));

    [Fact]
    public void Next_WhenTheTimeItselfFits_IsThatTimeOnlyIfInclusive()
    {
        var nine = Time("2026-11-20T09:00");

        Assert.Equal(nine, Of("0 9 * * *").Next(nine, inclusive: true));
        Assert.Equal(nine.AddDays(1), Of("0 9 * * *").Next(nine, inclusive: false));
        Assert.Equal(nine, Of("0 9 * * *").Next(nine.AddTicks(-1), inclusive: false));
    }

    [Theory]
    [InlineData("*/15 * * * *", true)]
    [InlineData("0 */2 * * *", true)]
    [InlineData("0 0-23 * * *", true)]
    [InlineData("@hourly", true)]
    [InlineData("*/15 2 * * *", false)]
    [InlineData("0 0-22 * * *", false)]
    [InlineData("* * 2 * * *", false)]
    public void EveryHour_IsWhetherTheHoursAreAPace(string cron, bool expected) => Assert.Equal(expected, Of(cron).EveryHour);

    [Theory]
    [InlineData("soon", "it has 1 fields. Write five (minute hour day month weekday), or six with seconds first.")]
    [InlineData("* * * * * * *", "it has 7 fields. Write five (minute hour day month weekday), or six with seconds first.")]
    [InlineData("61 * * * *", "'61' cannot be its minute, which goes from 0 to 59.")]
    [InlineData("5/60,1-70/99 * * * *", "'5/60,1-70/99' cannot be its minute, which goes from 0 to 59.")]
    [InlineData("H * * * *", "'H' cannot be its minute, which goes from 0 to 59.")]
    [InlineData("0 0 * * mno", "'mno' cannot be its weekday, which goes from 0 to 7. Did you mean 'mon'?")]
    [InlineData("0 0 * * mon-friday", "'mon-friday' cannot be its weekday, which goes from 0 to 7. Did you mean 'fri'?")]
    [InlineData("0 0 * march *", "'march' cannot be its month, which goes from 1 to 12. Did you mean 'mar'?")]
    [InlineData("0 0 1,L * *", "'1,L' cannot be its day, which goes from 1 to 31." + Alone)]
    [InlineData("0 0 * * 1#1,3#1", "'1#1,3#1' cannot be its weekday, which goes from 0 to 7." + Alone)]
    [InlineData("0 0 * * 1#6", "'1#6' cannot be its weekday, which goes from 0 to 7.")]
    [InlineData("@dayly", "'@dayly' is not known. Did you mean '@daily'?")]
    [InlineData("0 0 31 2,4,6,9,11 *", "it never fires: no month has such a day.")]
    [InlineData("@every 10ms", "'@every' needs a duration of one second or more, such as '@every 15m'.")]
    public void Parse_WhatIsNoSchedule_SaysWhatIsWrong(string cron, string expected)
    {
        Assert.Null(CronText.Parse(cron, out var fault));
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void Next_OfAnyFields_IsTheFirstMinuteThatFitsThem()
    {
        var random = new Random(20261127);
        for (var i = 0; i < 300; i++)
        {
            var fields = new[] { Any(random, 0, 59), Any(random, 0, 23), Any(random, 1, 31), Any(random, 1, 12), Any(random, 0, 6) };
            var text = string.Join(' ', fields.Select(f => f.Text));
            var cron = Of(text);
            var after = Time("2026-01-01T00:00").AddMinutes(random.Next(4 * 366 * 24 * 60));

            var end = after.AddDays(40);
            var first = after.AddMinutes(1);
            while (first < end && !Fits(fields, first))
            {
                first = first.AddMinutes(1);
            }

            var next = cron.Next(after, inclusive: false);
            Assert.True(first < end ? next == first : next >= end, $"'{text}' after {after:s} is due at {next:s}, not {first:s}.");
        }
    }

    /// <summary>A field as text, and by its meaning: its values and whether it names any.</summary>
    private static Field Any(Random random, int least, int most)
    {
        var weekday = most == 6;
        if (random.Next(3) == 0)
        {
            var step = random.Next(2) == 0 ? 1 : random.Next(2, 70);
            return new Field(step == 1 ? "*" : $"*/{step}", false, [.. Values(least, most, step, least, most)]);
        }

        var parts = new List<string>();
        var values = new HashSet<int>();
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            var (from, to, step) = (random.Next(least, most + 1), random.Next(least, most + 1), random.Next(1, 9));
            var word = weekday && random.Next(2) == 0 ? Weekdays[from] : weekday && from == 0 ? "7" : $"{from}";
            var (part, some) = random.Next(4) switch
            {
                0 => ($"{word}-{to}", Values(from, to, 1, least, most)),
                1 => ($"{word}-{to}/{step}", Values(from, to, step, least, most)),
                2 => ($"{word}/{step}", Values(from, most, step, least, most)),
                _ => (word, Values(from, from, 1, least, most)),
            };
            parts.Add(part);
            values.UnionWith(some);
        }

        return new Field(string.Join(',', parts), true, values);
    }

    // A range that ends before it begins goes on over the end of its field.
    private static IEnumerable<int> Values(int from, int to, int step, int least, int most)
    {
        var length = most - least + 1;
        for (var value = from; value <= (to < from ? to + length : to); value += step)
        {
            yield return value > most ? value - length : value;
        }
    }

    private static bool Fits(Field[] fields, DateTime time)
    {
        var (day, weekday) = (fields[2].Values.Contains(time.Day), fields[4].Values.Contains((int)time.DayOfWeek));
        return fields[0].Values.Contains(time.Minute) && fields[1].Values.Contains(time.Hour) && fields[3].Values.Contains(time.Month)
            && (fields[2].Named && fields[4].Named ? day || weekday : day && weekday);
    }

    private static CronText Of(string text) =>
        CronText.Parse(text, out var fault) ?? throw new InvalidOperationException($"'{text}': {fault}");

    private static DateTime Time(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Field(string Text, bool Named, HashSet<int> Values);
}
