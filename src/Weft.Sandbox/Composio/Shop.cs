using System.Globalization;
using System.Text.Json.Nodes;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Composio;

/// <summary>The shop's orders as its API shows them. What it keeps to itself is under <see cref="Hidden"/>.</summary>
internal static class Shop
{
    public const string Orders = "orders";

    /// <summary>What actions read of an order and answers don't show: its shipment, whether it is closed, what can be refunded.</summary>
    public const string Hidden = "_";

    private const int ReturnWindowDays = 30;

    public static IEnumerable<JsonObject> All(SandboxState state, DateTimeOffset now) =>
        state.Rows(Orders).Select(row => View(state, row, now));

    public static JsonObject? Find(SandboxState state, string id, DateTimeOffset now) =>
        Row(state, id, now) is { } row ? View(state, row, now) : null;

    /// <summary>An order as it is kept.</summary>
    public static JsonObject? Row(SandboxState state, string id, DateTimeOffset now) =>
        state.Find<JsonObject>(Orders, id) ?? SeedData.OrderInSeries(id, now);

    /// <summary>Customers write '#12345', the API a number, GraphQL a GID.</summary>
    public static string Id(string text) => text.Split('/')[^1].TrimStart('#', ' ');

    private static JsonObject View(SandboxState state, JsonObject row, DateTimeOffset now)
    {
        var (id, status) = (row.Str("id")!, row.Str("fulfillment_status")); // Every order has both.
        var created = DateTimeOffset.Parse(row.Str("created_at")!, CultureInfo.InvariantCulture); // As above.
        var days = (int)(now - created).TotalDays;
        var existing = state.Rows("returns").FirstOrDefault(found => found.Str("order_id") == id);
        var closed = status is "delivered" or "returned" or "cancelled";
        var view = SchemaDocument.Without(row, "shipment");
        view["days_since_order"] = days;
        view["eligible_for_return"] = existing is null && days <= ReturnWindowDays && status != "cancelled";
        view["return_deadline"] = SeedData.Time(created.AddDays(ReturnWindowDays));
        view["return_status"] = existing.Str("status") ?? "none";
        if (existing is not null)
        {
            view["return_id"] = existing.Str("return_id");
        }

        view[Hidden] = new JsonObject
        {
            ["shipment"] = row.Obj("shipment")?.DeepClone(),
            ["state"] = $"{(closed ? "closed" : "open")} {status}",
            ["refundable"] = Money(row.Str("financial_status") == "refunded" ? 0 : Amount(row.Get("total_price")) - Refunded(state, id)),
        };
        if (row.Obj("shipment") is { } shipment)
        {
            view["fulfillments"] = new JsonArray(new JsonObject
            {
                ["status"] = "success",
                ["tracking_company"] = shipment.Str("carrier"),
                ["shipment_status"] = shipment.Str("status"),
            });
        }

        return view;
    }

    private static decimal Refunded(SandboxState state, string id) =>
        state.Rows("refunds").Where(refund => refund.Str("order_id") == id).Sum(refund => Amount(refund.Get("amount")));

    public static decimal Amount(JsonNode? value) =>
        decimal.TryParse(value.AsScalarText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) ? amount : 0;

    public static string Money(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);
}
