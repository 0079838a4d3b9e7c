using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Weft.Sandbox.Tests.Composio;

public sealed class PlatformTests : SandboxTest
{
    [Fact]
    public async Task Upload_OfTheSameBytes_IsNewThenExistingAndOfOthersAnUpdate()
    {
        var first = await RequestUploadAsync("hello");
        var put = await Http(string.Empty).PutAsync((string)first["new_presigned_url"]!, new StringContent("hello"), Deadline);
        var second = await RequestUploadAsync("hello");
        var third = await RequestUploadAsync("other");

        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Equal(("new", "existing", "update"), ((string?)first["type"], (string?)second["type"], (string?)third["type"]));
        Assert.Equal("hello", await Http(string.Empty).GetStringAsync((string)second["existing_url"]!, Deadline));
    }

    [Fact]
    public async Task Upload_OfBytesThatWereNotAnnounced_IsRefused()
    {
        var announced = await RequestUploadAsync("hello");

        var put = await Http(string.Empty).PutAsync((string)announced["new_presigned_url"]!, new StringContent("tampered"), Deadline);

        Assert.Equal(HttpStatusCode.BadRequest, put.StatusCode);
    }

    [Theory]
    [InlineData("/admin/api/2026-07/orders/12345.json", 200)]
    [InlineData("/admin/api/2026-07/orders/99999.json", 404)]
    [InlineData("/admin/api/2026-07/themes.json", 404)]
    public async Task Proxy_OfTheShopsApi_HasTheInnerStatusInside(string endpoint, int status)
    {
        var account = (string)(await ReadAsync(await Composio().GetAsync("connected_accounts?user_ids=cust_789&toolkit_slugs=shopify", Deadline)))["items"]![0]!["id"]!;

        var response = await Composio().PostAsJsonAsync("tools/execute/proxy", new JsonObject { ["connected_account_id"] = account, ["endpoint"] = endpoint, ["method"] = "GET" }, Deadline);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(status, (int)(await ReadAsync(response))["status"]!);
    }

    [Fact]
    public async Task Proxy_ToAnotherOrigin_IsRefused()
    {
        var response = await Composio().PostAsJsonAsync("tools/execute/proxy", new JsonObject { ["connected_account_id"] = "ca_1", ["endpoint"] = "https://evil.example.com/x", ["method"] = "GET" }, Deadline);

        Assert.Equal("OriginMismatch", (string?)(await ReadAsync(response))["error"]!["code"]);
    }

    [Fact]
    public async Task Tools_AskedForAgainWithTheirTag_AreUnchanged()
    {
        var first = await Composio().GetAsync("tools?toolkit_slug=gmail", Deadline);
        using var again = new HttpRequestMessage(HttpMethod.Get, "tools?toolkit_slug=gmail");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        var second = await Composio().SendAsync(again, Deadline);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("V1", "payload")]
    [InlineData("V2", "data")]
    [InlineData("V3", "metadata")]
    public async Task Webhook_Sent_IsSignedAndRepeatsItsId(string version, string field)
    {
        await using var receiver = await Receiver.StartAsync(Deadline);
        var subscription = await SubscribeAsync(receiver.Url, version);

        var sent = await SendAsync("""{"trigger_slug":"SLACK_CHANNEL_MESSAGE_RECEIVED","data":{"text":"Hi"},"attempts":2}""");

        Assert.Equal([200, 200], sent["deliveries"]!.AsArray().Select(delivery => (int)delivery!["status"]!));
        Assert.Single(receiver.Got.Select(got => got.Id).Distinct(StringComparer.Ordinal));
        Assert.All(receiver.Got, got => Assert.Equal(got.Expected((string)subscription["secret"]!), got.Signature));
        Assert.NotNull(JsonNode.Parse(receiver.Got[0].Body)![field]);
    }

    [Fact]
    public async Task Webhook_Spoilt_HasAWrongSignatureOrAnOldTime()
    {
        await using var receiver = await Receiver.StartAsync(Deadline);
        var subscription = await SubscribeAsync(receiver.Url, "V3");

        await SendAsync("""{"spoil":"signature"}""");
        await SendAsync("""{"spoil":"timestamp"}""");

        var secret = (string)subscription["secret"]!;
        Assert.NotEqual(receiver.Got[0].Expected(secret), receiver.Got[0].Signature);
        Assert.Equal(receiver.Got[1].Expected(secret), receiver.Got[1].Signature);
        Assert.True(long.Parse(receiver.Got[1].Timestamp, provider: null) < DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 300);
    }

    [Fact]
    public async Task WebhookSecret_IsShownWhenItIsMadeAndNotAgain()
    {
        var subscription = await SubscribeAsync("https://app.example.com/hook", "V3");
        var shown = await ReadAsync(await Composio().GetAsync($"webhook_subscriptions/{subscription["id"]}", Deadline));
        var rotated = await ReadAsync(await Composio().PostAsync($"webhook_subscriptions/{subscription["id"]}/rotate_secret", null, Deadline));

        Assert.Null(shown["secret"]);
        Assert.NotEqual((string?)subscription["secret"], (string?)rotated["secret"]);
    }

    private async Task<JsonNode> SendAsync(string body) => await ReadAsync(await Http(string.Empty).PostAsync("webhooks/send", Json(body), Deadline));

    private async Task<JsonNode> SubscribeAsync(string url, string version) =>
        await ReadAsync(await Composio().PostAsJsonAsync("webhook_subscriptions", new JsonObject { ["webhook_url"] = url, ["version"] = version }, Deadline));

    private async Task<JsonNode> RequestUploadAsync(string content) => await ReadAsync(await Composio().PostAsJsonAsync("files/upload/request", new JsonObject
    {
        ["toolkit_slug"] = "gmail",
        ["tool_slug"] = "GMAIL_SEND_EMAIL",
        ["filename"] = "note.txt",
        ["mimetype"] = "text/plain",
        ["md5"] = Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(content))),
    }, Deadline));

    private sealed record Delivery(string Id, string Timestamp, string Signature, string Body)
    {
        public string Expected(string secret) => "v1," + Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{Id}.{Timestamp}.{Body}")));
    }

    /// <summary>A server that keeps what it is sent.</summary>
    private sealed class Receiver(WebApplication app, List<Delivery> got) : IAsyncDisposable
    {
        public IReadOnlyList<Delivery> Got => got;

        public string Url => app.Urls.First() + "/hook";

        public static async Task<Receiver> StartAsync(CancellationToken cancellationToken)
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
            builder.Services.AddRoutingCore();
            var app = builder.Build();
            var got = new List<Delivery>();
            app.UseRouting();
            app.MapPost("/hook", async http =>
            {
                using var reader = new StreamReader(http.Request.Body);
                got.Add(new Delivery(http.Request.Headers["webhook-id"]!, http.Request.Headers["webhook-timestamp"]!, http.Request.Headers["webhook-signature"]!, await reader.ReadToEndAsync(http.RequestAborted)));
            });
            await app.StartAsync(cancellationToken);
            return new Receiver(app, got);
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
