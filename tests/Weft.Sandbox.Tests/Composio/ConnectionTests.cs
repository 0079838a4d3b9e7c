using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Weft.Sandbox.Tests.Composio;

public sealed class ConnectionTests : SandboxTest
{
    private readonly MovableClock _clock = new();

    protected override SandboxOptions Options => new() { RequireConnections = true, Clock = _clock };

    [Fact]
    public async Task Execute_ForAUserWithoutAccount_IsRefusedWith1803()
    {
        var response = await ExecuteRawAsync(
            "SHOPIFY_GET_ORDER", new JsonObject { ["user_id"] = "stranger", ["arguments"] = new JsonObject { ["order_id"] = "12345" } });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(1803, (int)(await ReadAsync(response))["error"]!["code"]!);
    }

    [Fact]
    public async Task Execute_ForASeededUser_Works()
    {
        var answer = await ExecuteAsync("SHOPIFY_GET_ORDER", new JsonObject { ["order_id"] = "12345" });

        Assert.True((bool)answer["successful"]!);
    }

    [Fact]
    public async Task Link_Approved_RedirectsToTheCallbackAndTheAccountIsUsable()
    {
        var link = await LinkAsync("new-user", "https://app.example.com/done?t=7");
        Assert.Equal("INITIATED", await StatusAsync((string)link["connected_account_id"]!));

        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var page = await browser.GetStringAsync((string)link["redirect_url"]!, Deadline);
        using var decision = new FormUrlEncodedContent([new("decision", "approve")]);
        var redirect = await browser.PostAsync((string)link["redirect_url"]!, decision, Deadline);

        Assert.Contains("Approve", page, StringComparison.Ordinal);
        Assert.Equal($"https://app.example.com/done?t=7&status=success&connected_account_id={link["connected_account_id"]}",
            redirect.Headers.Location!.AbsoluteUri);
        Assert.Equal("ACTIVE", await StatusAsync((string)link["connected_account_id"]!));
        Assert.True((bool)(await ExecuteAsync("GMAIL_FETCH_EMAILS", [], user: "new-user"))["successful"]!);
    }

    [Fact]
    public async Task Link_Refused_FailsTheAccount()
    {
        var link = await LinkAsync("new-user", "https://app.example.com/done");
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });

        var redirect = await browser.GetAsync(link["redirect_url"] + "?decision=refuse", Deadline);

        Assert.Contains("status=failed", redirect.Headers.Location!.Query, StringComparison.Ordinal);
        Assert.Equal("FAILED", await StatusAsync((string)link["connected_account_id"]!));
    }

    [Fact]
    public async Task Link_Abandoned_ExpiresAfterTenMinutes()
    {
        var link = await LinkAsync("new-user", "https://app.example.com/done");

        _clock.Advance(TimeSpan.FromMinutes(11));

        Assert.Equal("EXPIRED", await StatusAsync((string)link["connected_account_id"]!));
        Assert.Equal(HttpStatusCode.NotFound, (await Http(string.Empty).GetAsync((string)link["redirect_url"]!, Deadline)).StatusCode);
    }

    [Fact]
    public async Task Execute_OnADisabledAccount_IsUnprocessable()
    {
        var id = (string)(await ReadAsync(
            await Composio().GetAsync("connected_accounts?user_ids=cust_789&toolkit_slugs=shopify", Deadline)))["items"]![0]!["id"]!;

        await Composio().PatchAsJsonAsync($"connected_accounts/{id}/status", new JsonObject { ["enabled"] = false }, Deadline);
        var response = await ExecuteRawAsync("SHOPIFY_GET_ORDER",
            new JsonObject { ["connected_account_id"] = id, ["arguments"] = new JsonObject { ["order_id"] = "12345" } });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
    }

    [Fact]
    public async Task Account_Deleted_IsGoneAndItsUserDisconnected()
    {
        var id = (string)(await ReadAsync(
            await Composio().GetAsync("connected_accounts?user_ids=cust_789", Deadline)))["items"]![0]!["id"]!;

        var deleted = await Composio().DeleteAsync($"connected_accounts/{id}", Deadline);

        Assert.True((bool)(await ReadAsync(deleted))["success"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await Composio().GetAsync($"connected_accounts/{id}", Deadline)).StatusCode);
    }

    [Fact]
    public async Task Revoke_OfAnActiveAccount_EndsItsUse()
    {
        var id = (string)(await ReadAsync(
            await Composio().GetAsync("connected_accounts?user_ids=cust_789", Deadline)))["items"]![0]!["id"]!;

        var revoked = await ReadAsync(await Composio().PostAsync($"connected_accounts/{id}/revoke", null, Deadline));

        Assert.Equal(("REVOKED", "REVOKED"), ((string?)revoked["connected_account"]!["status"], await StatusAsync(id)));
    }

    [Fact]
    public async Task AuthConfig_Created_IsListedWithItsToolkit()
    {
        var created = await ReadAsync(await Composio().PostAsJsonAsync("auth_configs", new JsonObject
        {
            ["toolkit"] = new JsonObject { ["slug"] = "gmail" },
            ["auth_config"] = new JsonObject { ["type"] = "use_composio_managed_auth", ["name"] = "gmail-prod" },
        }, Deadline));

        var listed = (await ReadAsync(await Composio().GetAsync("auth_configs?toolkit_slug=gmail", Deadline)))["items"]!.AsArray();

        Assert.Equal(["ac_gmail", (string?)created["auth_config"]!["id"]], listed.Select(config => (string?)config!["id"]));
        Assert.Equal("gmail-prod", (string?)listed[1]!["name"]);
    }

    private async Task<JsonNode> LinkAsync(string user, string callback)
    {
        var response = await Composio().PostAsJsonAsync("connected_accounts/link",
            new JsonObject { ["auth_config_id"] = "ac_gmail", ["user_id"] = user, ["callback_url"] = callback }, Deadline);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return await ReadAsync(response);
    }

    private async Task<string?> StatusAsync(string id) =>
        (string?)(await ReadAsync(await Composio().GetAsync($"connected_accounts/{id}", Deadline)))["status"];

    private Task<HttpResponseMessage> ExecuteRawAsync(string slug, JsonObject body) =>
        Composio().PostAsJsonAsync($"tools/execute/{slug}", body, Deadline);

    private sealed class MovableClock : TimeProvider
    {
        private TimeSpan _ahead;

        public void Advance(TimeSpan by) => _ahead += by;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _ahead;
    }
}
