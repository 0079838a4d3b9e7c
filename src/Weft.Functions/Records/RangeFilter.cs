using System.Text;
using Weft.Agents.Storage;
using Weft.Language;

namespace Weft.Functions.Records;

/// <summary>
/// A range of rows as a filter on keys alone, which the service answers from its index; and the cursor that goes on after a row.
/// </summary>
internal static class RangeFilter
{
    /// <summary>The OData filter.</summary>
    /// <exception cref="WeftException"><c>invalid_cursor</c>.</exception>
    public static string Of(RowRange range)
    {
        // No written key holds a quotation mark, so none needs doubling.
        var filter = new StringBuilder($"PartitionKey eq '{TableKey.Encode(range.Partition)}'");
        if (range.Cursor is { } cursor)
        {
            filter.Append($" and RowKey gt '{KeyOf(cursor)}'");
        }
        else if (range.From is { Length: > 0 } from)
        {
            filter.Append(Bound(from, "ge", "gt"));
        }

        if (range.To is { } to)
        {
            filter.Append(Bound(to, "lt", "le"));
        }

        return filter.ToString();
    }

    /// <summary>The cursor that goes on after a row.</summary>
    public static string After(string writtenRowKey) => Convert.ToHexStringLower(Encoding.ASCII.GetBytes(writtenRowKey));

    // A bound longer than any key: what is cut off it decides only about the key that equals the rest.
    private static string Bound(string bound, string comparison, string comparisonWhenCut)
    {
        var written = TableKey.EncodeBound(bound);
        return written.Length <= TableKey.MaxLength
            ? $" and RowKey {comparison} '{written}'"
            : $" and RowKey {comparisonWhenCut} '{written[..TableKey.MaxLength]}'";
    }

    private static string KeyOf(string cursor)
    {
        try
        {
            var written = Encoding.ASCII.GetString(Convert.FromHexString(cursor));

            // What was not written by us could say anything, in a filter too.
            return TableKey.Encode(TableKey.Decode(written));
        }
        catch (Exception exception) when (exception is FormatException or WeftException)
        {
            throw new WeftException(
                "invalid_cursor", Fault.Malformed, "The cursor is not one that a page of rows gave. Start again from the first page.");
        }
    }
}
