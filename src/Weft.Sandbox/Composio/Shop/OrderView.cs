using System.Globalization;
using System.Text.Json.Nodes;

namespace Weft.Sandbox.Composio.Shop;

/// <summary>An order as the shop's API shows it.</summary>
internal static class OrderView
{
    public static JsonObject Of(Order order, OrderReturn? existing, DateTimeOffset now)
    {
        var days = order.DaysSince(now);
        var view = new JsonObject
        {
            ["id"] = order.Id,
            ["name"] = "#" + order.Id,
            ["order_number"] = long.Parse(order.Id, CultureInfo.InvariantCulture),
            ["created_at"] = Time(order.CreatedAt),
            ["days_since_order"] = days,
            ["email"] = order.Email,
            ["customer"] = new JsonObject { ["id"] = order.CustomerId, ["first_name"] = order.FirstName, ["last_name"] = order.LastName, ["email"] = order.Email },
            ["currency"] = order.Currency,
            ["total_price"] = Money(order.TotalPrice),
            ["financial_status"] = order.FinancialStatus,
            ["fulfillment_status"] = order.FulfillmentStatus,
            ["line_items"] = new JsonArray([.. order.LineItems.Select(item => new JsonObject { ["id"] = item.Id, ["title"] = item.Title, ["sku"] = item.Sku, ["quantity"] = item.Quantity, ["price"] = Money(item.Price) })]),
            ["eligible_for_return"] = existing is null && days <= Order.ReturnWindowDays && order.FulfillmentStatus != "cancelled",
            ["return_deadline"] = Time(order.CreatedAt.AddDays(Order.ReturnWindowDays)),
            ["return_status"] = existing?.Status ?? "none",
        };
        if (existing is not null)
        {
            view["return_id"] = existing.ReturnId;
        }

        if (order.Shipment is { } shipment)
        {
            view["fulfillments"] = new JsonArray(new JsonObject { ["status"] = "success", ["tracking_company"] = shipment.Carrier, ["shipment_status"] = shipment.Status });
        }

        if (order.CancelledAt is { } cancelled)
        {
            view["cancelled_at"] = Time(cancelled);
        }

        if (order.Note is { } note)
        {
            view["note"] = note;
        }

        return view;
    }

    /// <summary>Keeps the fields of a comma list, and the id.</summary>
    public static JsonObject Only(JsonObject view, string? fields)
    {
        if (fields is null)
        {
            return view;
        }

        var wanted = fields.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Append("id").ToHashSet(StringComparer.Ordinal);
        foreach (var name in view.Select(field => field.Key).Where(name => !wanted.Contains(name)).ToList())
        {
            view.Remove(name);
        }

        return view;
    }

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    public static string Money(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);
}
