using System.Text.Json.Nodes;

namespace Weft.Sandbox.Tests.Composio;

/// <summary>What the simulated apps do: each action is data in the document of its toolkit.</summary>
public sealed class ActionTests : SandboxTest
{
    [Fact]
    public void Actions_OfEveryToolThatIsThere_AreWrittenDown() =>
        Assert.Equal(
            ["SHOPIFY_GET_CUSTOMER", "SHOPIFY_CANCEL_ORDER"],
            new Weft.Sandbox.Composio.ToolCatalog().Tools.Where(tool => tool.Action is null).Select(tool => tool.Slug));

    [Theory]
    [InlineData("""{"status":"any","email":"john@example.com"}""", "12347 12345")]
    [InlineData("""{"ids":"12345, #10001"}""", "12345 10001")]
    [InlineData("""{"name":"#12346"}""", "12346")]
    [InlineData("""{"customer_id":"cust-42"}""", "1002 1001")]
    [InlineData("""{"status":"cancelled"}""", "12349")]
    [InlineData("""{"status":"closed","financial_status":"paid"}""", "12345 10002 10001")]
    [InlineData("""{"fulfillment_status":"in_transit","limit":2}""", "12347 12346")]
    public async Task Orders_Filtered_AreThoseThatFitNewestFirst(string arguments, string ids)
    {
        var answer = await ExecuteAsync("SHOPIFY_GET_ORDERS_WITH_FILTERS", JsonNode.Parse(arguments)!.AsObject());

        Assert.Equal(ids.Split(' '), answer["data"]!["orders"]!.AsArray().Select(order => (string?)order!["id"]));
        Assert.Equal(ids.Split(' ').Length, (int)answer["data"]!["count"]!);
        Assert.All(answer["data"]!["orders"]!.AsArray(), order => Assert.False(order!.AsObject().ContainsKey("_")));
    }

    [Fact]
    public async Task Order_WithFields_HasThemAndItsId()
    {
        var answer = await ExecuteAsync("SHOPIFY_GET_ORDER", new JsonObject { ["order_id"] = "12345", ["fields"] = "email,currency" });

        Assert.Equal(["id", "email", "currency"], answer["data"]!["order"]!.AsObject().Select(field => field.Key));
    }

    [Fact]
    public async Task Tracking_OfAnOrder_IsThatOfItsShipmentOrThatItIsNotShipped()
    {
        var shipped = await ExecuteAsync("SHOPIFY_GET_TRACKING_INFO", new JsonObject { ["order_id"] = "12346" });
        var waiting = await ExecuteAsync("SHOPIFY_GET_TRACKING_INFO", new JsonObject { ["order_id"] = "12348" });

        Assert.Equal(("FedEx", "TRK-774912345678"), ((string?)shipped["data"]!["carrier"], (string?)shipped["data"]!["tracking_number"]));
        Assert.Equal("not_shipped", (string?)waiting["data"]!["status"]);
    }

    [Fact]
    public async Task Status_OfAnOrder_IsChangedAndStays()
    {
        var changed = await ExecuteAsync(
            "SHOPIFY_UPDATE_ORDER_STATUS", new JsonObject { ["order_id"] = "12348", ["status"] = "cancelled", ["note"] = "Sorry" });
        var order = (await ExecuteAsync("SHOPIFY_GET_ORDER", new JsonObject { ["order_id"] = "12348" }))["data"]!["order"]!;

        Assert.Equal("processing", (string?)changed["data"]!["previous_status"]);
        Assert.Equal(("cancelled", "Sorry"), ((string?)order["fulfillment_status"], (string?)order["note"]));
        Assert.NotNull(order["cancelled_at"]);
    }

    [Fact]
    public async Task Refund_OfAllThatIsLeft_MakesTheOrderRefunded()
    {
        var refund = await ExecuteAsync("SHOPIFY_CREATE_REFUND", new JsonObject { ["order_id"] = "12347" });
        var left = await ExecuteAsync("SHOPIFY_CALCULATE_REFUND", new JsonObject { ["order_id"] = "12347" });
        var none = await ExecuteAsync("SHOPIFY_CREATE_REFUND", new JsonObject { ["order_id"] = "12347" });

        Assert.Equal(("REF-1001", "24.50"), ((string?)refund["data"]!["refund_id"], (string?)refund["data"]!["amount"]));
        Assert.Equal("0.00", (string?)left["data"]!["refundable_amount"]);
        Assert.StartsWith("422:", (string?)none["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task StoreCredit_ForAnOrder_GoesToItsCustomer()
    {
        var credit = await ExecuteAsync("SHOPIFY_CREATE_STORE_CREDIT", new JsonObject { ["order_id"] = "10001", ["amount"] = 5 });

        Assert.Equal(("SC-1", "cust_321", "5.00"),
            ((string?)credit["data"]!["credit_id"], (string?)credit["data"]!["customer_id"], (string?)credit["data"]!["amount"]));
    }

    [Fact]
    public async Task Mail_InAThread_IsFoundAgain()
    {
        var first = await ExecuteAsync("GMAIL_SEND_EMAIL",
            new JsonObject { ["recipient_email"] = "ana@example.com", ["subject"] = "Lamp", ["cc"] = new JsonArray("bo@example.com") });
        await ExecuteAsync("GMAIL_REPLY_TO_THREAD",
            new JsonObject { ["thread_id"] = (string?)first["data"]!["threadId"], ["recipient_email"] = "ana@example.com",
                ["message_body"] = "Still there?" });

        var found = (await ExecuteAsync("GMAIL_FETCH_EMAILS", new JsonObject { ["query"] = "lamp" }))["data"]!["messages"]!.AsArray();

        Assert.Equal(["Re: Lamp", "Lamp"], found.Select(mail => (string?)mail!["subject"]));
        Assert.Equal("bo@example.com", (string?)Sandbox.State.ToJson()["mail"]!["sent"]![0]!["cc"]![0]);
    }

    [Theory]
    [InlineData("""{"recipient_email":"nobody","subject":"Hi"}""", "400: invalid address 'nobody' in To header")]
    [InlineData("""{"subject":"Hi"}""", "400: at least one of recipient_email, cc, bcc is required")]
    [InlineData("""{"recipient_email":"a@example.com"}""", "400: at least one of subject, body is required")]
    public async Task Mail_ThatCannotBeSent_SaysWhy(string arguments, string error) =>
        Assert.Equal(error, (string?)(await ExecuteAsync("GMAIL_SEND_EMAIL", JsonNode.Parse(arguments)!.AsObject()))["error"]);

    [Fact]
    public async Task Messages_OfAChannel_AreItsHistory()
    {
        await ExecuteAsync("SLACK_SEND_MESSAGE", new JsonObject { ["channel"] = "#alerts", ["text"] = "One" });
        await ExecuteAsync("SLACK_SEND_MESSAGE", new JsonObject { ["channel"] = "C0000000007", ["text"] = "Two" });

        var history = (await ExecuteAsync(
            "SLACK_FETCH_CONVERSATION_HISTORY", new JsonObject { ["channel"] = "alerts" }))["data"]!["messages"]!.AsArray();
        var lost = await ExecuteAsync("SLACK_SEND_MESSAGE", new JsonObject { ["channel"] = "nowhere", ["text"] = "Three" });

        Assert.Equal(["Two", "One"], history.Select(message => (string?)message!["text"]));
        Assert.Equal(
            ("channel_not_found: no channel 'nowhere'", "channel_not_found"), ((string?)lost["error"], (string?)lost["data"]!["error"]));
    }

    [Fact]
    public async Task Issues_OfARepository_AreNumberedAndListed()
    {
        foreach (var title in new[] { "First", "Second" })
        {
            await ExecuteAsync("GITHUB_CREATE_AN_ISSUE",
                new JsonObject { ["owner"] = "o", ["repo"] = "r", ["title"] = title, ["labels"] = new JsonArray("bug") });
        }

        var listed = (await ExecuteAsync(
            "GITHUB_LIST_REPOSITORY_ISSUES", new JsonObject { ["owner"] = "o", ["repo"] = "r" }))["data"]!["issues"]!.AsArray();
        var second = await ExecuteAsync("GITHUB_GET_AN_ISSUE", new JsonObject { ["owner"] = "o", ["repo"] = "r", ["issue_number"] = 2 });

        Assert.Equal([2, 1], listed.Select(issue => (int)issue!["number"]!));
        Assert.Equal(("Second", "bug"), ((string?)second["data"]!["title"], (string?)second["data"]!["labels"]![0]!["name"]));
    }

    [Fact]
    public async Task Echo_Posted_CountsHowOftenItWasCalled()
    {
        await ExecuteAsync("HTTPECHO_POST", new JsonObject { ["body"] = new JsonObject { ["n"] = 1 } });

        Assert.Equal(
            2, (int)(await ExecuteAsync("HTTPECHO_POST", new JsonObject { ["body"] = new JsonObject { ["n"] = 2 } }))["data"]!["count"]!);
        Assert.Equal("boom", (string?)(await ExecuteAsync("HTTPECHO_FAIL", new JsonObject { ["message"] = "boom" }))["error"]);
    }
}
