namespace Weft.Sandbox.Composio.Shop;

internal sealed record Order
{
    public const string Table = "orders";

    /// <summary>How long an order can be returned, in days from its date.</summary>
    public const int ReturnWindowDays = 30;

    public required string Id { get; init; }
    public required string CustomerId { get; init; }
    public required string FirstName { get; init; }
    public required string LastName { get; init; }
    public required string Email { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public string Currency { get; init; } = "USD";
    public required decimal TotalPrice { get; init; }
    public string FinancialStatus { get; init; } = "paid";
    public required string FulfillmentStatus { get; init; }
    public DateTimeOffset? CancelledAt { get; init; }
    public string? Note { get; init; }
    public required IReadOnlyList<LineItem> LineItems { get; init; }
    public Shipment? Shipment { get; init; }

    public int DaysSince(DateTimeOffset now) => (int)(now - CreatedAt).TotalDays;

    public bool IsClosed => FulfillmentStatus is "delivered" or "returned" or "cancelled";
}

internal sealed record LineItem(string Id, string Title, string Sku, int Quantity, decimal Price);

internal sealed record Shipment(string Carrier, string TrackingNumber, string Status, DateTimeOffset ShippedAt, DateOnly EstimatedDelivery, DateTimeOffset? DeliveredAt, string LastLocation);

internal sealed record OrderReturn
{
    public const string Table = "returns";

    /// <summary>The return of each order, by the order's id.</summary>
    public const string ByOrder = "returns_by_order";

    public required string ReturnId { get; init; }
    public required string OrderId { get; init; }
    public required string Reason { get; init; }
    public required string Status { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public string? LabelUrl { get; init; }
    public string? LabelTrackingNumber { get; init; }
    public string? Carrier { get; init; }
}

internal sealed record Refund(string RefundId, string OrderId, decimal Amount, string Currency, string? Reason, DateTimeOffset CreatedAt)
{
    public const string Table = "refunds";
}

internal sealed record StoreCredit(string CreditId, string? CustomerId, string? OrderId, decimal Amount, string? Reason, DateTimeOffset CreatedAt)
{
    public const string Table = "store_credits";
}
