using System.Globalization;
using System.Text;
using Weft.Embedded.Sqlite;
using Weft.Language;
using Weft.Workflows.Durable;

namespace Weft.Embedded.Engine;

/// <summary>
/// Lists instances, newest first. Instances are numbered as they are created, so the last number of a page is its cursor.
/// </summary>
internal static class InstanceListing
{
    public static OrchestrationPage List(InstanceReader reader, OrchestrationQuery query)
    {
        if (query.PageSize is < 1 or > 1000)
        {
            throw new WeftException(
                "invalid_page_size", Fault.Malformed, $"A page of {query.PageSize} instances won't do: ask for 1 to 1,000.");
        }

        return reader.InTransaction(query, static (reader, query) => ListNow(reader, query));
    }

    private static OrchestrationPage ListNow(InstanceReader reader, OrchestrationQuery query)
    {
        var before = query.Cursor is { } cursor ? Parse(cursor) : long.MaxValue;
        if (query.CreatedTo is { } to)
        {
            before = Math.Min(before, FirstCreatedAfter(reader.Database, to.Ticks));
        }

        var from = query.CreatedFrom is { } first ? FirstCreatedAfter(reader.Database, first.Ticks - 1) : 0;
        var most = query.PageSize + 1;

        // One index scan a status, each in the order of the page; the newest of all of them make the page.
        List<(long No, OrchestrationInstance Instance)> found = [];
        if (query.Statuses.Count == 0)
        {
            Collect(reader, query, status: null, from, before, most, found);
        }
        else
        {
            foreach (var status in query.Statuses.Distinct())
            {
                Collect(reader, query, status, from, before, most, found);
            }

            found.Sort(static (left, right) => right.No.CompareTo(left.No));
        }

        var page = found.Take(query.PageSize).ToList();
        var next = found.Count > query.PageSize ? page[^1].No.ToString(CultureInfo.InvariantCulture) : null;
        return new OrchestrationPage([.. page.Select(item => item.Instance)], next);
    }

    private static void Collect(
        InstanceReader reader,
        OrchestrationQuery query,
        OrchestrationStatus? status,
        long from,
        long before,
        int most,
        List<(long No, OrchestrationInstance Instance)> found)
    {
        var sql = new StringBuilder("SELECT ").AppendJoin(", ", InstanceReader.Columns.Split(", ").Select(column => "i." + column)).Append(
            " FROM ");
        List<Action<SqliteStatement, int>> values = [];
        string Value(Action<SqliteStatement, int> bind)
        {
            values.Add(bind);
            return $"?{values.Count}";
        }

        // The narrowest index leads: a tag's, else the id's for a prefix, else the status's, else the order of creation itself.
        var tags = query.Tags.ToList();
        var order = "i.no";
        if (tags.Count > 0)
        {
            order = "t.no";
            sql.Append(CultureInfo.InvariantCulture,
                $"tags t CROSS JOIN instances i ON i.no=t.no WHERE t.name={Value((s, n) => s.Bind(n, tags[0].Key))} AND "
                + $"t.value={Value((s, n) => s.Bind(n, tags[0].Value))}");
            foreach (var tag in tags.Skip(1))
            {
                sql.Append(CultureInfo.InvariantCulture,
                    $" AND EXISTS(SELECT 1 FROM tags o WHERE o.name={Value((s, n) => s.Bind(n, tag.Key))} AND "
                    + $"o.value={Value((s, n) => s.Bind(n, tag.Value))} AND o.no=t.no)");
            }
        }
        else
        {
            order = query.InstanceIdPrefix is { Length: > 0 } ? "+i.no" : "i.no";
            sql.Append("instances i WHERE 1=1");
        }

        if (query.InstanceIdPrefix is { Length: > 0 } prefix)
        {
            sql.Append(CultureInfo.InvariantCulture,
                $" AND i.id>={Value((s, n) => s.Bind(n, prefix))} AND i.id<{Value((s, n) => s.Bind(n, prefix + "\U0010FFFF"))}");
        }

        sql.Append(CultureInfo.InvariantCulture,
            $" AND {order}>={Value((s, n) => s.Bind(n, from))} AND {order}<{Value((s, n) => s.Bind(n, before))}");
        if (status is { } wanted)
        {
            sql.Append(CultureInfo.InvariantCulture,
                $" AND {(tags.Count > 0 || order[0] == '+' ? "+" : "")}i.status={Value((s, n) => s.Bind(n, (long)wanted))}");
        }

        if (query.Name is { } name)
        {
            sql.Append(CultureInfo.InvariantCulture, $" AND i.name={Value((s, n) => s.Bind(n, name))}");
        }

        if (!query.IncludeChildren)
        {
            sql.Append(" AND i.parent_id IS NULL");
        }

        sql.Append(CultureInfo.InvariantCulture, $" ORDER BY {order} DESC LIMIT {most}");
        using var rows = reader.Database.PrepareOnce(sql.ToString());
        for (var i = 0; i < values.Count; i++)
        {
            values[i](rows, i + 1);
        }

        while (rows.Step())
        {
            found.Add((rows.Int64(0), reader.Describe(rows, query.IncludePayloads)));
        }
    }

    /// <summary>The lowest number of an instance created after a time: creation times rise with the numbers, so halving finds it.</summary>
    private static long FirstCreatedAfter(SqliteDatabase database, long ticks)
    {
        using var above = database.PrepareOnce("SELECT no, created_at FROM instances WHERE no>=?1 ORDER BY no LIMIT 1");
        var low = 0L;
        var high = database.QueryInt64("SELECT max(no) FROM instances") + 1;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            above.Bind(1, middle);
            var found = above.Step();
            var (no, created) = found ? (above.Int64(0), above.Int64(1)) : (0, 0);
            above.Reset();
            if (!found || created > ticks)
            {
                high = middle;
            }
            else
            {
                low = no + 1;
            }
        }

        return low;
    }

    private static long Parse(string cursor) => long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var no)
        ? no
        : throw new WeftException(
            "invalid_cursor", Fault.Malformed, "The cursor is not one that a page of instances gave. Start again from the first page.");
}
