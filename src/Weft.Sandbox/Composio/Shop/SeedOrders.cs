namespace Weft.Sandbox.Composio.Shop;

/// <summary>The orders that the shop opens with, dated back from the moment it opens.</summary>
internal static class SeedOrders
{
    public static IEnumerable<Order> At(DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        yield return new Order
        {
            Id = "12345", CustomerId = "cust_789", FirstName = "John", LastName = "Doe", Email = "john@example.com", CreatedAt = now.AddDays(-5), TotalPrice = 89.90m, FulfillmentStatus = "delivered",
            LineItems = [new("li_1", "Ceramic table lamp", "LAMP-01", 1, 79.90m), new("li_2", "LED bulb", "BULB-9W", 2, 5.00m)],
            Shipment = new("UPS", "1Z999AA10123456784", "delivered", now.AddDays(-4), today.AddDays(-1), now.AddDays(-1), "Springfield"),
        };
        yield return new Order
        {
            Id = "12346", CustomerId = "cust_456", FirstName = "Jane", LastName = "Smith", Email = "jane.smith@example.com", CreatedAt = now.AddDays(-3), TotalPrice = 129.00m, FulfillmentStatus = "in_transit",
            LineItems = [new("li_3", "Walnut desk shelf", "SHELF-07", 1, 129.00m)],
            Shipment = new("FedEx", "TRK-774912345678", "in_transit", now.AddDays(-2), today.AddDays(2), null, "Memphis, TN"),
        };
        yield return new Order
        {
            Id = "12347", CustomerId = "cust_789", FirstName = "John", LastName = "Doe", Email = "john@example.com", CreatedAt = now.AddDays(-2), TotalPrice = 24.50m, FulfillmentStatus = "in_transit",
            LineItems = [new("li_4", "Linen napkins", "NAP-4", 1, 24.50m)],
            Shipment = new("USPS", "TRK-940011189956", "out_for_delivery", now.AddDays(-1), today, null, "Springfield"),
        };
        yield return new Order
        {
            Id = "12348", CustomerId = "cust_222", FirstName = "Maria", LastName = "Garcia", Email = "maria@example.com", CreatedAt = now.AddDays(-1), TotalPrice = 310.00m, FulfillmentStatus = "processing",
            LineItems = [new("li_5", "Oak side table", "TAB-2", 1, 310.00m)],
        };
        yield return new Order
        {
            Id = "12349", CustomerId = "cust_333", FirstName = "Wei", LastName = "Chen", Email = "wei@example.com", CreatedAt = now.AddDays(-8), TotalPrice = 45.00m, FulfillmentStatus = "cancelled",
            FinancialStatus = "refunded", CancelledAt = now.AddDays(-7), LineItems = [new("li_6", "Wool throw", "THR-1", 1, 45.00m)],
        };
        yield return new Order
        {
            Id = "10001", CustomerId = "cust_321", FirstName = "Omar", LastName = "Haddad", Email = "omar@example.com", CreatedAt = now.AddDays(-45), TotalPrice = 59.00m, FulfillmentStatus = "delivered",
            LineItems = [new("li_7", "Desk organiser", "ORG-3", 1, 59.00m)],
            Shipment = new("UPS", "1Z999AA10000100011", "delivered", now.AddDays(-43), today.AddDays(-40), now.AddDays(-40), "Dearborn"),
        };
        yield return new Order
        {
            Id = "10002", CustomerId = "cust_654", FirstName = "Ana", LastName = "Silva", Email = "ana@example.com", CreatedAt = now.AddDays(-12), TotalPrice = 72.00m, FulfillmentStatus = "delivered",
            LineItems = [new("li_8", "Glass vase", "VASE-5", 1, 72.00m)],
            Shipment = new("DHL", "TRK-300012345678", "delivered", now.AddDays(-11), today.AddDays(-9), now.AddDays(-9), "Lisbon"),
        };
        yield return new Order
        {
            Id = "1001", CustomerId = "cust-42", FirstName = "Ana", LastName = "Novak", Email = "ana.novak@example.com", CreatedAt = now.AddDays(-4), TotalPrice = 18.00m, FulfillmentStatus = "in_transit",
            LineItems = [new("li_9", "Tea sampler", "TEA-12", 1, 18.00m)],
            Shipment = new("UPS", "1Z999AA10000010015", "in_transit", now.AddDays(-3), today.AddDays(1), null, "Louisville, KY"),
        };
        yield return new Order
        {
            Id = "1002", CustomerId = "cust-42", FirstName = "Ana", LastName = "Novak", Email = "ana.novak@example.com", CreatedAt = now.AddHours(-6), TotalPrice = 36.00m, FulfillmentStatus = "unfulfilled",
            LineItems = [new("li_10", "Tea pot", "POT-1", 1, 36.00m)],
        };
    }

    /// <summary>Orders 70000 to 79999 are always there, for work in numbers: delivered yesterday, five days old, one customer each.</summary>
    public static Order? InSeries(string id, DateTimeOffset now) => id.Length == 5 && id[0] == '7' && id.All(char.IsAsciiDigit)
        ? new Order
        {
            Id = id, CustomerId = "cust_" + id, FirstName = "Robin", LastName = "Series", Email = $"robin.{id}@example.com", CreatedAt = now.AddDays(-5), TotalPrice = 40.00m, FulfillmentStatus = "delivered",
            LineItems = [new("li_" + id, "Enamel mug", "MUG-1", 2, 20.00m)],
            Shipment = new("UPS", "1Z999AA1000" + id, "delivered", now.AddDays(-4), DateOnly.FromDateTime(now.UtcDateTime).AddDays(-1), now.AddDays(-1), "Springfield"),
        }
        : null;

    public static IEnumerable<OrderReturn> ReturnsAt(DateTimeOffset now)
    {
        yield return new OrderReturn { ReturnId = "RET-455", OrderId = "10002", Reason = "too small", Status = "open", CreatedAt = now.AddDays(-6), Carrier = "DHL" };
    }
}
