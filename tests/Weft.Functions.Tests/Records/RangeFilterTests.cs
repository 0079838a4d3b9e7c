using Weft.Agents.Storage;
using Weft.Functions.Records;
using Weft.Language;

namespace Weft.Functions.Tests.Records;

public sealed class RangeFilterTests
{
    [Fact]
    public void Of_APartition_NamesItAlone() =>
        Assert.Equal("PartitionKey eq 'p.b1'", RangeFilter.Of(new RowRange("t", "p/1")));

    [Fact]
    public void Of_ARange_TakesTheStartAndLeavesTheEnd() =>
        Assert.Equal(
            "PartitionKey eq 'p' and RowKey ge 'a' and RowKey lt 'b'", RangeFilter.Of(new RowRange("t", "p") { From = "a", To = "b" }));

    [Fact]
    public void Of_APrefix_EndsAtTheHighestUnit() =>
        Assert.Equal(
            "PartitionKey eq 'p' and RowKey ge 'run:' and RowKey lt 'run:~FFFF'", RangeFilter.Of(RowRange.WithPrefix("t", "p", "run:")));

    [Fact]
    public void Of_ACursor_GoesOnAfterItsRow()
    {
        var range = new RowRange("t", "p") { From = "a", Cursor = RangeFilter.After(TableKey.Encode("it's")) };

        Assert.Equal("PartitionKey eq 'p' and RowKey gt 'it&bs'", RangeFilter.Of(range));
    }

    [Fact]
    public void Of_ABoundLongerThanAnyKey_DecidesAboutKeysAsTheWholeWould()
    {
        var longest = new string('k', 512);

        Assert.Equal($"PartitionKey eq 'p' and RowKey gt '{longest}'", RangeFilter.Of(new RowRange("t", "p") { From = longest + "x" }));
        Assert.Equal($"PartitionKey eq 'p' and RowKey le '{longest}'", RangeFilter.Of(new RowRange("t", "p") { To = longest + "\uffff" }));
    }

    [Theory]
    [InlineData("no cursor")]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData("2720")] // ' and a space: a filter of one's own.
    public void Of_ACursorThatNoPageGave_IsRefused(string cursor) =>
        Assert.Equal("invalid_cursor", Assert.Throws<WeftException>(() => RangeFilter.Of(new RowRange("t", "p") { Cursor = cursor })).Code);
}
