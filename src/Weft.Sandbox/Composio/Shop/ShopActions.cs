using System.Globalization;
using System.Text.Json.Nodes;

namespace Weft.Sandbox.Composio.Shop;

/// <summary>The shop's actions on orders.</summary>
internal static class ShopActions
{
    public static IEnumerable<KeyValuePair<string, Func<ActionCall, ActionResult>>> All =>
    [
        new("SHOPIFY_GET_ORDER", GetOrder),
        new("SHOPIFY_GET_ORDERSBY_ID", GetOrder),
        new("SHOPIFY_GET_ORDERS_WITH_FILTERS", ListOrders),
        new("SHOPIFY_GET_ORDER_LIST", ListOrders),
        new("SHOPIFY_SEARCH_ORDERS", SearchOrders),
        new("SHOPIFY_RETRIEVES_AN_ORDER_COUNT", call => ActionResult.Ok(new JsonObject { ["count"] = call.State.All<Order>(Order.Table).Count(order => HasStatus(order, call.Text("status") ?? "any")) })),
        new("SHOPIFY_GET_TRACKING_INFO", GetTracking),
        new("SHOPIFY_UPDATE_ORDER_STATUS", UpdateStatus),
        .. ReturnActions.All,
        .. RefundActions.All,
    ];

    /// <summary>Runs an action on the order that the call names, or fails as the shop does.</summary>
    internal static ActionResult OnOrder(ActionCall call, Func<Order, ActionResult> action)
    {
        var id = OrderId(call.Text("order_id"));
        return id is null ? ActionResult.Fail("400: order_id is required")
            : (call.State.Find<Order>(Order.Table, id) ?? SeedOrders.InSeries(id, call.Now)) is { } order ? action(order)
            : ActionResult.Fail($"404: order {id} not found");
    }

    internal static OrderReturn? ReturnOf(SandboxState state, string orderId) =>
        state.Find<string>(OrderReturn.ByOrder, orderId) is { } id ? state.Find<OrderReturn>(OrderReturn.Table, id) : null;

    private static ActionResult GetOrder(ActionCall call) => OnOrder(call, order => ActionResult.Ok(new JsonObject
    {
        ["order"] = OrderView.Only(OrderView.Of(order, ReturnOf(call.State, order.Id), call.Now), call.Text("fields")),
    }));

    private static ActionResult ListOrders(ActionCall call)
    {
        var ids = call.Text("ids")?.Split(',', StringSplitOptions.TrimEntries).Select(OrderId).ToHashSet();
        var name = OrderId(call.Text("name"));
        var found = call.State.All<Order>(Order.Table).Where(order =>
            (ids?.Contains(order.Id) ?? true)
            && (name is null || order.Id == name)
            && (call.Text("email") is not { } email || order.Email.Equals(email, StringComparison.OrdinalIgnoreCase))
            && (call.Text("customer_id") is not { } customer || order.CustomerId == customer)
            && (call.Text("financial_status") is not { } paid || paid == "any" || order.FinancialStatus == paid)
            && (call.Text("fulfillment_status") is not { } fulfilled || fulfilled == "any" || order.FulfillmentStatus == fulfilled)
            && (Moment(call.Text("created_at_min")) is not { } from || order.CreatedAt >= from)
            && (Moment(call.Text("created_at_max")) is not { } until || order.CreatedAt <= until)
            && (ids is not null || name is not null || HasStatus(order, call.Text("status") ?? "open")));
        return Orders(call, found, standardLimit: 50);
    }

    private static ActionResult SearchOrders(ActionCall call)
    {
        var query = call.Text("query")!.TrimStart('#');
        return Orders(call, call.State.All<Order>(Order.Table).Where(order =>
            order.Id.Contains(query, StringComparison.OrdinalIgnoreCase)
            || order.Email.Contains(query, StringComparison.OrdinalIgnoreCase)
            || $"{order.FirstName} {order.LastName}".Contains(query, StringComparison.OrdinalIgnoreCase)
            || order.LineItems.Any(item => item.Title.Contains(query, StringComparison.OrdinalIgnoreCase))), standardLimit: 20);
    }

    private static ActionResult Orders(ActionCall call, IEnumerable<Order> found, int standardLimit)
    {
        var orders = found.OrderByDescending(order => order.CreatedAt).Take(call.Number("limit", standardLimit))
            .Select(order => OrderView.Only(OrderView.Of(order, ReturnOf(call.State, order.Id), call.Now), call.Text("fields"))).ToList();
        return ActionResult.Ok(new JsonObject { ["orders"] = new JsonArray([.. orders]), ["count"] = orders.Count });
    }

    private static ActionResult GetTracking(ActionCall call) => OnOrder(call, order => ActionResult.Ok(order.Shipment is { } shipment
        ? new JsonObject
        {
            ["order_id"] = order.Id,
            ["carrier"] = shipment.Carrier,
            ["tracking_number"] = shipment.TrackingNumber,
            ["tracking_url"] = $"https://tracking.example.com/{shipment.TrackingNumber}",
            ["status"] = shipment.Status,
            ["shipped_at"] = OrderView.Time(shipment.ShippedAt),
            ["estimated_delivery"] = shipment.EstimatedDelivery.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["delivered_at"] = shipment.DeliveredAt is { } delivered ? OrderView.Time(delivered) : null,
            ["last_location"] = shipment.LastLocation,
        }
        : new JsonObject { ["order_id"] = order.Id, ["status"] = "not_shipped", ["fulfillment_status"] = order.FulfillmentStatus, ["tracking_number"] = null }));

    private static ActionResult UpdateStatus(ActionCall call) => OnOrder(call, order =>
    {
        var updated = order with { FulfillmentStatus = call.Text("status")!, Note = call.Text("note") ?? order.Note, CancelledAt = call.Text("status") == "cancelled" ? order.CancelledAt ?? call.Now : order.CancelledAt };
        call.State.Put(Order.Table, order.Id, updated);
        return ActionResult.Ok(new JsonObject { ["order"] = OrderView.Of(updated, ReturnOf(call.State, order.Id), call.Now), ["previous_status"] = order.FulfillmentStatus });
    });

    /// <summary>Customers write '#12345', the API a number, GraphQL a GID.</summary>
    private static string? OrderId(string? text)
    {
        var id = text?.Split('/')[^1].TrimStart('#', ' ');
        return string.IsNullOrEmpty(id) ? null : id;
    }

    private static bool HasStatus(Order order, string status) => status switch
    {
        "any" => true,
        "cancelled" => order.CancelledAt is not null,
        "closed" => order.IsClosed,
        _ => !order.IsClosed,
    };

    private static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
}
