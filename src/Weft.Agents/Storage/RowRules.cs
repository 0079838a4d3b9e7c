using System.Text;
using System.Text.Json;
using Weft.Language;

namespace Weft.Agents.Storage;

/// <summary>What every store refuses, so that no caller comes to depend on one store's patience.</summary>
public static class RowRules
{
    /// <summary>Refuses a key that is out of range.</summary>
    /// <exception cref="WeftException"><c>invalid_row_key</c>.</exception>
    public static void Require(RowKey key)
    {
        Require(key.Table, "table");
        Require(key.Partition, "partition key");
        Require(key.Row, "row key");
    }

    /// <summary>Refuses a range that is out of range.</summary>
    /// <exception cref="WeftException"><c>invalid_row_key</c> or <c>invalid_page_size</c>.</exception>
    public static void Require(RowRange range)
    {
        Require(range.Table, "table");
        Require(range.Partition, "partition key");
        if (range.PageSize is < 1 or > 1000)
        {
            throw new WeftException("invalid_page_size", Fault.Malformed, $"A page of {range.PageSize} rows won't do: ask for 1 to 1,000.");
        }
    }

    /// <summary>Checks a value, and answers it as UTF-8. What is no well-formed text becomes U+FFFD.</summary>
    /// <exception cref="WeftException"><c>row_too_large</c>, or <c>invalid_row</c> when it is not one JSON object.</exception>
    public static byte[] Utf8(RowKey key, string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        if (bytes.Length > RowLimits.MaxJsonBytes)
        {
            throw new WeftException(
                "row_too_large",
                Fault.TooLarge,
                $"The value of row '{key.Row}' in '{key.Table}' has {bytes.Length:N0} bytes, and a row holds at most "
                + $"{RowLimits.MaxJsonBytes:N0}. "
                + "Put the text into the context store, and a reference into the row.");
        }

        try
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = WeftJson.Options.MaxDepth });
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                reader.Skip();
                if (!reader.Read())
                {
                    return bytes;
                }
            }
        }
        catch (JsonException)
        {
            // Said below, without the value: it may be private.
        }

        throw new WeftException("invalid_row", Fault.Internal, $"The value of row '{key.Row}' in '{key.Table}' is not one JSON object.");
    }

    /// <summary>Refuses a batch over several partitions, with a key twice, or of too many writes.</summary>
    /// <exception cref="WeftException"><c>invalid_batch</c>.</exception>
    public static void Require(IReadOnlyList<RowWrite> writes)
    {
        if (writes.Count > RowLimits.MaxBatch)
        {
            throw new WeftException(
                "invalid_batch", Fault.Invalid, $"A batch of {writes.Count} writes won't do: it takes at most {RowLimits.MaxBatch}.");
        }

        var keys = new HashSet<RowKey>();
        foreach (var write in writes)
        {
            Require(write.Key);
            if (!string.Equals(write.Key.Table, writes[0].Key.Table, StringComparison.Ordinal)
                || !string.Equals(write.Key.Partition, writes[0].Key.Partition, StringComparison.Ordinal))
            {
                throw new WeftException(
                    "invalid_batch", Fault.Invalid,
                    $"A batch stays within one partition, and this one writes to '{writes[0].Key.Table}/{writes[0].Key.Partition}' and "
                    + $"'{write.Key.Table}/{write.Key.Partition}'.");
            }

            if (!keys.Add(write.Key))
            {
                throw new WeftException(
                    "invalid_batch", Fault.Invalid, $"A batch writes a row once, and this one writes '{write.Key.Row}' twice.");
            }
        }
    }

    private static void Require(string? key, string what)
    {
        if (string.IsNullOrEmpty(key) || key.Length > RowLimits.MaxKeyLength)
        {
            throw new WeftException(
                "invalid_row_key", Fault.Malformed,
                $"The {what} has {key?.Length ?? 0} characters; it must have 1 to {RowLimits.MaxKeyLength}.");
        }
    }
}
