using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Weft.Sandbox.Tests.Composio;

public sealed class WebhookTests : SandboxTest
{
    private const string Secret = "whsec_of_a_test";

    [Theory]
    [InlineData("V1", "payload")]
    [InlineData("V2", "data")]
    [InlineData("V3", "metadata")]
    public async Task Webhook_Sent_IsSignedAndRepeatsItsId(string version, string field)
    {
        await using var receiver = await Receiver.StartAsync(Deadline);

        var sent = await SendAsync(receiver.Url, new JsonObject
        {
            ["version"] = version,
            ["trigger_slug"] = "SLACK_CHANNEL_MESSAGE_RECEIVED",
            ["data"] = new JsonObject { ["text"] = "Hi" },
            ["attempts"] = 2,
        });

        Assert.Equal([200, 200], sent["deliveries"]!.AsArray().Select(delivery => (int)delivery!["status"]!));
        Assert.Single(receiver.Got.Select(got => got.Id).Distinct(StringComparer.Ordinal));
        Assert.All(receiver.Got, got => Assert.Equal(got.Expected(Secret), got.Signature));
        Assert.NotNull(JsonNode.Parse(receiver.Got[0].Body)![field]);
    }

    [Fact]
    public async Task Webhook_Spoilt_HasAWrongSignatureOrAnOldTime()
    {
        await using var receiver = await Receiver.StartAsync(Deadline);

        await SendAsync(receiver.Url, new JsonObject { ["spoil"] = "signature" });
        await SendAsync(receiver.Url, new JsonObject { ["spoil"] = "timestamp" });

        Assert.NotEqual(receiver.Got[0].Expected(Secret), receiver.Got[0].Signature);
        Assert.Equal(receiver.Got[1].Expected(Secret), receiver.Got[1].Signature);
        Assert.True(long.Parse(receiver.Got[1].Timestamp, provider: null) < DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 300);
    }

    [Fact]
    public async Task Webhook_WithoutAnAddress_IsRefused() =>
        Assert.Contains("give url and secret", (string?)(await SendAsync(null, []))["error"], StringComparison.Ordinal);

    private async Task<JsonNode> SendAsync(string? url, JsonObject body)
    {
        (body["url"], body["secret"]) = (url, Secret);
        return await ReadAsync(await Http(string.Empty).PostAsync("webhooks/send", Json(body.ToJsonString()), Deadline));
    }

    private sealed record Delivery(string Id, string Timestamp, string Signature, string Body)
    {
        public string Expected(string secret) =>
            "v1," + Convert.ToBase64String(
                HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{Id}.{Timestamp}.{Body}")));
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
                var headers = http.Request.Headers;
                var body = await reader.ReadToEndAsync(http.RequestAborted);
                got.Add(new Delivery(headers["webhook-id"]!, headers["webhook-timestamp"]!, headers["webhook-signature"]!, body));
            });
            await app.StartAsync(cancellationToken);
            return new Receiver(app, got);
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
