using System.Globalization;
using Weft.Language;
using Weft.Runtime.Schedules;

namespace Weft.Runtime.Tests.Schedules;

public sealed class CronScheduleTests
{
    // Clocks went from 02:00 to 03:00 on 2026-03-29 at 01:00Z, and from 03:00 to 02:00 on 2026-10-25 at 01:00Z.
    private const string Berlin = "Europe/Berlin";

    // From 02:00 to 03:00 on 2026-03-08 at 07:00Z, and from 02:00 to 01:00 on 2026-11-01 at 06:00Z.
    private const string NewYork = "America/New_York";

    // By half an hour: from 02:00 to 02:30 on 2026-10-03 at 15:30Z, and from 02:00 to 01:30 on 2026-04-04 at 15:00Z.
    private const string LordHowe = "Australia/Lord_Howe";

    [Theory]
    [InlineData("0 9 * * 1-5", null, "2026-11-20T09:00", "2026-11-23T09:00")] // Friday to Monday
    [InlineData("0 9 * * 1-5", Berlin, "2026-11-20T07:59", "2026-11-20T08:00")]
    [InlineData("*/15 * * * *", null, "2026-11-20T09:01", "2026-11-20T09:15")]
    [InlineData("30 */5 * * * *", null, "2026-11-20T09:00", "2026-11-20T09:00:30")]
    [InlineData("0 0 29 2 *", null, "2026-11-20T00:00", "2028-02-29T00:00")]
    [InlineData("0 0 29 2 *", null, "2096-03-01T00:00", "2104-02-29T00:00")]
    [InlineData("0 0 * * 7", null, "2026-11-20T00:00", "2026-11-22T00:00")]
    [InlineData("0 0 * jan,jul sun", null, "2026-11-20T00:00", "2027-01-03T00:00")]
    [InlineData("0 0 13 * 5", null, "2026-11-20T00:00", "2026-11-27T00:00")] // either day
    [InlineData("0 0 13 * 5", null, "2026-12-12T00:00", "2026-12-13T00:00")]
    [InlineData("0 22-2 * * *", null, "2026-11-20T23:30", "2026-11-21T00:00")]
    [InlineData("0 9 LW * *", Berlin, "2026-05-20T00:00", "2026-05-29T07:00")]
    [InlineData("@monthly", null, "2026-11-20T00:00", "2026-12-01T00:00")]
    [InlineData("@every 15m", NewYork, "2026-11-20T09:01", "2026-11-20T09:15")]
    [InlineData("@every 15m", null, "2026-11-20T09:15", "2026-11-20T09:30")]
    public void NextAfter_AnExpression_IsTheNextTimeItFits(string cron, string? zone, string after, string expected) =>
        Assert.Equal(Utc(expected), CronSchedule.Parse(cron, zone).NextAfter(Utc(after)));

    [Theory]
    [InlineData("30 2 * * *", Berlin, "2026-03-28T12:00", "2026-03-29T01:00", "2026-03-30T00:30")]
    [InlineData("30 2 * * *", NewYork, "2026-03-07T12:00", "2026-03-08T07:00", "2026-03-09T06:30")]
    [InlineData("10 2 * * *", LordHowe, "2026-10-03T12:00", "2026-10-03T15:30", "2026-10-04T15:10")]
    [InlineData("0 3 * * *", Berlin, "2026-03-28T12:00", "2026-03-29T01:00", "2026-03-30T01:00")]
    public void ATimeOfDay_WithinTheGap_FiresOnceRightAfterIt(string cron, string zone, string after, string first, string second) =>
        AssertTicks(cron, zone, after, first, second);

    [Fact]
    public void TwoTimesOfDay_WithinAndAtTheEndOfTheGap_FireTogetherOnce() =>
        AssertTicks("0,30 2-3 * * *", Berlin, "2026-03-29T00:00", "2026-03-29T01:00", "2026-03-29T01:30", "2026-03-30T00:00");

    [Theory]
    [InlineData("30 2 * * *", Berlin, "2026-10-24T12:00", "2026-10-25T00:30", "2026-10-26T01:30")]
    [InlineData("30 1 * * *", NewYork, "2026-10-31T12:00", "2026-11-01T05:30", "2026-11-02T06:30")]
    [InlineData("45 1 * * *", LordHowe, "2026-04-04T12:00", "2026-04-04T14:45", "2026-04-05T15:15")]
    [InlineData("0 3 * * *", Berlin, "2026-10-24T12:00", "2026-10-25T02:00", "2026-10-26T02:00")]
    public void ATimeOfDay_ThatComesTwice_FiresAtTheFirst(string cron, string zone, string after, string first, string second) =>
        AssertTicks(cron, zone, after, first, second);

    [Theory]
    [InlineData("30 2 * * *", Berlin, "2026-10-25T01:10", "2026-10-26T01:30")]
    [InlineData("30 1 * * *", NewYork, "2026-11-01T06:05", "2026-11-02T06:30")]
    public void ATimeOfDay_LookedForDuringTheSecondPass_HasFiredAlready(string cron, string zone, string after, string expected) =>
        AssertTicks(cron, zone, after, expected);

    [Fact]
    public void APace_AcrossTheGap_KeepsGoing()
    {
        AssertTicks("*/30 * * * *", Berlin, "2026-03-29T00:15", "2026-03-29T00:30", "2026-03-29T01:00", "2026-03-29T01:30");
        AssertTicks("15 * * * *", LordHowe, "2026-10-03T14:00", "2026-10-03T14:45", "2026-10-03T16:15");
    }

    [Fact]
    public void APace_AcrossBothPasses_FiresInBoth()
    {
        AssertTicks(
            "*/30 * * * *", Berlin, "2026-10-25T00:15", "2026-10-25T00:30", "2026-10-25T01:00", "2026-10-25T01:30", "2026-10-25T02:00");
        AssertTicks("5 * * * *", NewYork, "2026-11-01T05:00", "2026-11-01T05:05", "2026-11-01T06:05", "2026-11-01T07:05");
        AssertTicks("45 * * * *", LordHowe, "2026-04-04T14:00", "2026-04-04T14:45", "2026-04-04T15:15", "2026-04-04T16:15");
    }

    [Fact]
    public void APaceOfSeconds_AcrossBothPasses_MissesNoSecond()
    {
        var schedule = CronSchedule.Parse("*/10 * * * * *", Berlin);
        var (from, to) = (Utc("2026-10-24T23:59:59"), Utc("2026-10-25T02:00"));

        var ticks = new List<DateTime>();
        for (var next = schedule.NextAfter(from); next is { } tick && tick <= to; next = schedule.NextAfter(tick))
        {
            ticks.Add(tick);
        }

        Assert.Equal(721, ticks.Count);
        Assert.All(ticks.Zip(ticks.Skip(1)), pair => Assert.Equal(TimeSpan.FromSeconds(10), pair.Second - pair.First));
    }

    [Theory]
    [InlineData(Berlin)]
    [InlineData(NewYork)]
    [InlineData(LordHowe)]
    public void ATimeOfDay_OverAYear_FiresOncePerDay(string zone)
    {
        var schedule = CronSchedule.Parse("15 2 * * *", zone);

        var last = schedule.LastBetween(Utc("2026-01-01T00:00"), Utc("2027-01-01T00:00"), out var count);

        Assert.NotNull(last);
        Assert.Equal(365, count);
    }

    [Fact]
    public void LastBetween_OfAFastPaceOverALongTime_IsTheNewest()
    {
        var last = CronSchedule.Parse("* * * * * *", null).LastBetween(Utc("2026-01-01T00:00"), Utc("2026-11-20T10:00"), out var count);

        Assert.Equal(Utc("2026-11-20T10:00"), last);
        Assert.Equal(10_000, count);
    }

    [Fact]
    public void LastBetween_OfSecondsWithinOneHourOfTheDay_IsTheNewest()
    {
        var last = CronSchedule.Parse("* * 4 * * *", null).LastBetween(Utc("2026-01-01T00:00"), Utc("2026-11-20T10:00"), out _);

        Assert.Equal(Utc("2026-11-20T04:59:59"), last);
    }

    [Theory]
    [InlineData("soon", "it has 1 fields. Write five (minute hour day month weekday), or six with seconds first")]
    [InlineData("61 * * * *", "'61' cannot be its minute, which goes from 0 to 59")]
    [InlineData("* * * * mon-", "'mon-' cannot be its weekday, which goes from 0 to 7")]
    [InlineData("*/0 * * * *", "'*/0' cannot be its minute, which goes from 0 to 59")]
    [InlineData("0 0 31 2 *", "it never fires: no month has such a day")]
    [InlineData("@every 10ms", "'@every' needs a duration of one second or more, such as '@every 15m'")]
    public void Parse_WhatIsNoExpression_SaysWhatIsWrong(string cron, string why)
    {
        var refused = Assert.Throws<WeftException>(() => CronSchedule.Parse(cron, null));

        Assert.Equal("invalid_cron", refused.Code);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_AnUnknownTimeZone_NamesIt()
    {
        var refused = Assert.Throws<WeftException>(() => CronSchedule.Parse("@daily", "Europe/Atlantis"));

        Assert.Equal("unknown_time_zone", refused.Code);
        Assert.Contains("'Europe/Atlantis'", refused.Message, StringComparison.Ordinal);
    }

    private static void AssertTicks(string cron, string zone, string after, params string[] expected)
    {
        var schedule = CronSchedule.Parse(cron, zone);
        var time = Utc(after);
        foreach (var tick in expected)
        {
            Assert.Equal(Utc(tick), schedule.NextAfter(time));
            time = Utc(tick);
        }
    }

    private static DateTime Utc(string text) => DateTime.Parse(text + "Z", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
}
