using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.Composio;

/// <summary>Lists in pages: an opaque cursor leads to the next one.</summary>
internal static class Pages
{
    public static WireResponse Of(Exchange exchange, IReadOnlyList<JsonNode> items, int standardLimit, int maxLimit)
    {
        var limit = Number(exchange.Query("limit")) is { } asked and > 0 ? Math.Min(asked, maxLimit) : standardLimit;
        var offset = Offset(exchange.Query("cursor"));
        var end = Math.Min(items.Count, offset + limit);
        return WireResponse.Of(new JsonObject
        {
            ["items"] = new JsonArray([.. items.Skip(offset).Take(limit)]),
            ["next_cursor"] = end < items.Count ? Convert.ToBase64String(Encoding.UTF8.GetBytes($"{(offset / limit) + 2}:{end}")) : null,
            ["total_pages"] = (items.Count + limit - 1) / limit,
            ["current_page"] = (offset / limit) + 1,
            ["total_items"] = items.Count,
        });
    }

    private static int Offset(string? cursor)
    {
        var bytes = new byte[64];
        return cursor is { Length: <= 80 } && Convert.TryFromBase64String(cursor, bytes, out var length)
            ? Number(Encoding.UTF8.GetString(bytes, 0, length).Split(':')[^1]) ?? 0
            : 0;
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
