using System.Globalization;
using System.Text.Json.Nodes;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Composio.Shop;

/// <summary>The shop's actions on money.</summary>
internal static class RefundActions
{
    public static IEnumerable<KeyValuePair<string, Func<ActionCall, ActionResult>>> All =>
    [
        new("SHOPIFY_CALCULATE_REFUND", call => ShopActions.OnOrder(call, order => ActionResult.Ok(new JsonObject
        {
            ["order_id"] = order.Id,
            ["refundable_amount"] = OrderView.Money(Left(call, order)),
            ["currency"] = order.Currency,
        }))),
        new("SHOPIFY_CREATE_REFUND", RefundOrder),
        new("SHOPIFY_GET_ORDER_REFUNDS", call => ShopActions.OnOrder(call, order => ActionResult.Ok(new JsonObject
        {
            ["refunds"] = new JsonArray([.. Of(call, order).Select(View)]),
        }))),
        new("SHOPIFY_CREATE_STORE_CREDIT", CreateCredit),
    ];

    private static ActionResult RefundOrder(ActionCall call) => ShopActions.OnOrder(call, order =>
    {
        var left = Left(call, order);
        var amount = call.Arguments.Get("amount").AsNumber() is { } asked ? (decimal)asked : left;
        if (amount <= 0 || amount > left)
        {
            return ActionResult.Fail($"422: {OrderView.Money(amount)} can't be refunded on order {order.Id}; {OrderView.Money(left)} {order.Currency} is left");
        }

        var refund = new Refund($"REF-{1001 + call.State.Count(Refund.Table)}", order.Id, amount, order.Currency, call.Text("reason"), call.Now);
        call.State.Put(Refund.Table, refund.RefundId, refund);
        call.State.Put(Order.Table, order.Id, order with { FinancialStatus = amount == left ? "refunded" : "partially_refunded" });
        return ActionResult.Ok(View(refund));
    });

    private static ActionResult CreateCredit(ActionCall call)
    {
        var order = call.Text("order_id") is { } id ? call.State.Find<Order>(Order.Table, id.TrimStart('#')) : null;
        var customer = call.Text("customer_id") ?? order?.CustomerId;
        if (customer is null)
        {
            return ActionResult.Fail("404: neither customer_id nor order_id names a customer");
        }

        var credit = new StoreCredit($"SC-{1 + call.State.Count(StoreCredit.Table)}", customer, order?.Id, (decimal)call.Arguments.Get("amount").AsNumber()!.Value, call.Text("reason"), call.Now);
        call.State.Put(StoreCredit.Table, credit.CreditId, credit);
        return ActionResult.Ok(new JsonObject { ["credit_id"] = credit.CreditId, ["customer_id"] = customer, ["amount"] = credit.Amount.ToString("0.00", CultureInfo.InvariantCulture), ["currency"] = "USD" });
    }

    private static decimal Left(ActionCall call, Order order) =>
        order.FinancialStatus == "refunded" ? 0 : order.TotalPrice - Of(call, order).Sum(refund => refund.Amount);

    private static IEnumerable<Refund> Of(ActionCall call, Order order) => call.State.All<Refund>(Refund.Table).Where(refund => refund.OrderId == order.Id);

    private static JsonObject View(Refund refund) => new()
    {
        ["refund_id"] = refund.RefundId,
        ["order_id"] = refund.OrderId,
        ["amount"] = OrderView.Money(refund.Amount),
        ["currency"] = refund.Currency,
        ["reason"] = refund.Reason,
        ["created_at"] = OrderView.Time(refund.CreatedAt),
    };
}
