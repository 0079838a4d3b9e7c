using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Weft.Sandbox.Tests.Composio;

public sealed class ExecuteTests : SandboxTest
{
    [Fact]
    public async Task Execute_GetOrder_AnswersTheOrderInTheEnvelope()
    {
        var answer = await ExecuteAsync("SHOPIFY_GET_ORDER", new JsonObject { ["order_id"] = "#12345" });

        Assert.True((bool)answer["successful"]!);
        Assert.Null(answer["error"]);
        Assert.Equal("john@example.com", (string?)answer["data"]!["order"]!["email"]);
        Assert.Equal(5, (int)answer["data"]!["order"]!["days_since_order"]!);
        Assert.True((bool)answer["data"]!["order"]!["eligible_for_return"]!);
    }

    [Theory]
    [InlineData("SHOPIFY_GET_ORDER", "99999", "404: order 99999 not found")]
    [InlineData("SHOPIFY_CREATE_RETURN", "10001", "has expired")]
    [InlineData("SHOPIFY_CREATE_RETURN", "10002", "has already been returned: RET-455")]
    [InlineData("SHOPIFY_CREATE_RETURN", "12348", "only shipped orders")]
    [InlineData("SHOPIFY_GENERATE_RETURN_LABEL", "12345", "create one first")]
    public async Task Execute_WhatTheShopRefuses_IsAProviderErrorWithStatus200(string slug, string orderId, string error)
    {
        var answer = await ExecuteAsync(slug, new JsonObject { ["order_id"] = orderId });

        Assert.False((bool)answer["successful"]!);
        Assert.Contains(error, (string?)answer["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_CreateReturnTwiceWithOneKey_CreatesOneReturn()
    {
        var first = await ExecuteAsync(
            "SHOPIFY_CREATE_RETURN", new JsonObject { ["order_id"] = "12345", ["reason"] = "damaged" }, idempotencyKey: "run-1/return");
        var second = await ExecuteAsync(
            "SHOPIFY_CREATE_RETURN", new JsonObject { ["order_id"] = "12345", ["reason"] = "damaged" }, idempotencyKey: "run-1/return");
        var other = await ExecuteAsync("SHOPIFY_CREATE_RETURN", new JsonObject { ["order_id"] = "12345" }, idempotencyKey: "run-2/return");

        Assert.Equal("RET-456", (string?)first["data"]!["return_id"]);
        Assert.True(JsonNode.DeepEquals(first, second));
        Assert.Contains("already", (string?)other["error"], StringComparison.Ordinal);
        Assert.Single(Sandbox.State.ToJson()["shop"]!["returns"]!.AsArray(), item => (string?)item!["order_id"] == "12345");
    }

    [Fact]
    public async Task Execute_ManyAtOnceWithOneKey_TakeEffectOnce()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            ExecuteAsync("GMAIL_SEND_EMAIL", new JsonObject { ["recipient_email"] = "john@example.com", ["subject"] = "Hello" },
                idempotencyKey: "mail-1")));

        Assert.Single(answers.Select(answer => (string?)answer["data"]!["id"]).Distinct());
        Assert.Single(Sandbox.State.ToJson()["mail"]!["sent"]!.AsArray());
    }

    [Fact]
    public async Task Execute_GenerateLabel_IsIdempotentAndItsUrlServesAPdf()
    {
        await ExecuteAsync("SHOPIFY_CREATE_RETURN", new JsonObject { ["order_id"] = "12345" });
        var first = await ExecuteAsync("SHOPIFY_GENERATE_RETURN_LABEL", new JsonObject { ["order_id"] = "12345" });
        var second =
            await ExecuteAsync("SHOPIFY_GENERATE_RETURN_LABEL", new JsonObject { ["order_id"] = "12345", ["return_id"] = "RET-456" });

        Assert.Equal((string?)first["data"]!["tracking_number"], (string?)second["data"]!["tracking_number"]);
        var label = await Http(string.Empty).GetAsync((string)first["data"]!["label_url"]!, Deadline);
        Assert.Equal("application/pdf", label.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Execute_MailAndChat_KeepWhatIsSent()
    {
        await ExecuteAsync("GMAIL_SEND_EMAIL",
            new JsonObject { ["recipient_email"] = "ana@example.com", ["subject"] = "Hi", ["body"] = "Text" }, user: "agent_1");
        await ExecuteAsync(
            "SLACK_SEND_MESSAGE", new JsonObject { ["channel"] = "#supervisors", ["markdown_text"] = "Please look" }, user: "team_1");
        await ExecuteAsync("SLACK_CREATE_CHANNEL", new JsonObject { ["name"] = "case-7" }, user: "team_1");

        var state = await ReadAsync(await Http(string.Empty).GetAsync("state", Deadline));
        Assert.Equal("Hi", (string?)state["mail"]!["sent"]![0]!["subject"]);
        Assert.Equal("supervisors", (string?)state["chat"]!["messages"]![0]!["channel_name"]);
        Assert.Contains(state["chat"]!["channels"]!.AsArray(), channel => (string?)channel!["name"] == "case-7");
    }

    [Fact]
    public async Task Execute_RefundTwice_PaysNoMoreThanTheOrder()
    {
        var first = await ExecuteAsync("SHOPIFY_CREATE_REFUND", new JsonObject { ["order_id"] = "12345", ["amount"] = 80.0 });
        var second = await ExecuteAsync("SHOPIFY_CREATE_REFUND", new JsonObject { ["order_id"] = "12345", ["amount"] = 80.0 });

        Assert.Equal("80.00", (string?)first["data"]!["amount"]);
        Assert.Contains("9.90 USD is left", (string?)second["error"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"user_id":"u","arguments":{}}""", HttpStatusCode.BadRequest, "Following fields are missing: {'order_id'}")]
    [InlineData("""{"user_id":"u"}""", HttpStatusCode.BadRequest, "Exactly one of 'arguments' and 'text'")]
    [InlineData("""{"arguments":{"order_id":"12345"}}""", HttpStatusCode.BadRequest, "No connected account found")]
    [InlineData("""{"user_id":"u","arguments":{"order_id":["12345"]}}""", HttpStatusCode.BadRequest, "expected string")]
    [InlineData("""{"user_id":"u","connected_account_id":"ca_nope","arguments":{"order_id":"12345"}}""", HttpStatusCode.BadRequest,
        "ca_nope not found")]
    [InlineData("""{"user_id":"u","version":"19990101_00","arguments":{"order_id":"12345"}}""", HttpStatusCode.NotFound,
        "has no version 19990101_00")]
    public async Task Execute_WithAFaultyRequest_IsAnHttpError(string body, HttpStatusCode status, string message)
    {
        var response = await Composio().PostAsync("tools/execute/SHOPIFY_GET_ORDER", Json(body), Deadline);

        Assert.Equal(status, response.StatusCode);
        var error = (await ReadAsync(response))["error"]!;
        Assert.Contains(message, (string?)error["message"], StringComparison.Ordinal);
        Assert.Equal((int)status, (int)error["status"]!);
    }

    [Theory]
    [InlineData("SHOPIFY_NO_SUCH_TOOL", HttpStatusCode.NotFound, "Tool_ToolNotFound")]
    [InlineData("shopify_get_order", HttpStatusCode.NotFound, "Tool_ToolNotFound")]
    [InlineData("SHOPIFY_CANCEL_ORDER", HttpStatusCode.Gone, "Tool_ToolVersionGone")]
    public async Task Execute_OfAToolThatIsNotThere_SaysSo(string slug, HttpStatusCode status, string errorSlug)
    {
        var response = await Composio().PostAsJsonAsync(
            $"tools/execute/{slug}", new JsonObject { ["user_id"] = "u", ["arguments"] = new JsonObject { ["order_id"] = "1" } }, Deadline);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(errorSlug, (string?)(await ReadAsync(response))["error"]!["slug"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("ak_live_something")]
    public async Task Execute_WithAMissingOrForeignKey_IsUnauthorized(string? key)
    {
        var http = Http("composio/api/v3.1/");
        if (key is not null)
        {
            http.DefaultRequestHeaders.Add("x-api-key", key);
        }

        var response = await http.GetAsync("toolkits", Deadline);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(401, (int)(await ReadAsync(response))["error"]!["status"]!);
    }

    [Fact]
    public async Task Execute_WithText_FillsTheArguments()
    {
        var response = await Composio().PostAsJsonAsync(
            "tools/execute/SHOPIFY_GET_ORDER", new JsonObject { ["user_id"] = "u", ["text"] = "look up order 12346" }, Deadline);

        Assert.Equal("12346", (string?)(await ReadAsync(response))["data"]!["order"]!["id"]);
    }

    [Fact]
    public async Task Execute_OnTheRemovedApi_IsGone()
    {
        var response = await Http("composio/api/v2/").GetAsync("actions", Deadline);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(HttpStatusCode.Gone, (await Composio().GetAsync("../v2/actions", Deadline)).StatusCode);
    }
}
