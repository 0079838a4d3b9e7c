using System.Text.Json.Nodes;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Composio.Shop;

/// <summary>The shop's actions on returns: one open return an order, within thirty days.</summary>
internal static class ReturnActions
{
    /// <summary>Numbers go on from the return that the seed data has.</summary>
    private const int FirstNumber = 455;

    public static IEnumerable<KeyValuePair<string, Func<ActionCall, ActionResult>>> All =>
    [
        new("SHOPIFY_CREATE_RETURN", Create),
        new("SHOPIFY_GET_RETURN", Get),
        new("SHOPIFY_GENERATE_RETURN_LABEL", Label),
    ];

    private static ActionResult Create(ActionCall call) => ShopActions.OnOrder(call, order =>
    {
        if (ShopActions.ReturnOf(call.State, order.Id) is { } existing)
        {
            return ActionResult.Fail($"409: order {order.Id} has already been returned: {existing.ReturnId} is {existing.Status}", View(existing));
        }

        if (order.FulfillmentStatus is "cancelled" or "unfulfilled" or "processing")
        {
            return ActionResult.Fail($"422: order {order.Id} is {order.FulfillmentStatus}; only shipped orders can be returned");
        }

        if (order.DaysSince(call.Now) > Order.ReturnWindowDays)
        {
            return ActionResult.Fail($"422: the return window of order {order.Id} has expired: it was placed {order.DaysSince(call.Now)} days ago, the limit is {Order.ReturnWindowDays}");
        }

        var created = new OrderReturn
        {
            ReturnId = $"RET-{FirstNumber + call.State.Count(OrderReturn.Table)}",
            OrderId = order.Id,
            Reason = call.Text("reason") ?? "customer request",
            Status = "open",
            CreatedAt = call.Now,
        };
        call.State.Put(OrderReturn.Table, created.ReturnId, created);
        call.State.Put(OrderReturn.ByOrder, order.Id, created.ReturnId);
        return ActionResult.Ok(View(created));
    });

    private static ActionResult Get(ActionCall call)
    {
        if (call.Text("return_id") is { } id)
        {
            return call.State.Find<OrderReturn>(OrderReturn.Table, id) is { } found ? ActionResult.Ok(View(found)) : ActionResult.Fail($"404: return {id} not found");
        }

        return ShopActions.OnOrder(call, order => ShopActions.ReturnOf(call.State, order.Id) is { } found
            ? ActionResult.Ok(View(found))
            : ActionResult.Fail($"404: order {order.Id} has no return"));
    }

    private static ActionResult Label(ActionCall call) => ShopActions.OnOrder(call, order =>
    {
        var found = call.Text("return_id") is { } id && id.StartsWith("RET-", StringComparison.Ordinal)
            ? call.State.Find<OrderReturn>(OrderReturn.Table, id)
            : ShopActions.ReturnOf(call.State, order.Id);
        if (found is null || found.OrderId != order.Id)
        {
            return ActionResult.Fail($"404: order {order.Id} has no {(call.Text("return_id") is { } asked ? $"return {asked}" : "open return")}; create one first");
        }

        if (found.LabelUrl is null)
        {
            found = found with
            {
                LabelUrl = new Uri(call.BaseAddress, $"shop/labels/{found.ReturnId}.pdf").AbsoluteUri,
                LabelTrackingNumber = "1Z" + Digest.Hex(found.ReturnId)[..16].ToUpperInvariant(),
                Carrier = call.Text("carrier") ?? "UPS",
            };
            call.State.Put(OrderReturn.Table, found.ReturnId, found);
        }

        return ActionResult.Ok(new JsonObject
        {
            ["label_url"] = found.LabelUrl,
            ["return_id"] = found.ReturnId,
            ["order_id"] = found.OrderId,
            ["tracking_number"] = found.LabelTrackingNumber,
            ["carrier"] = found.Carrier,
        });
    });

    private static JsonObject View(OrderReturn found) => new()
    {
        ["return_id"] = found.ReturnId,
        ["order_id"] = found.OrderId,
        ["status"] = found.Status,
        ["reason"] = found.Reason,
        ["created_at"] = OrderView.Time(found.CreatedAt),
    };
}
