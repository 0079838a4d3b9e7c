using System.Net;
using System.Security.Cryptography;
using System.Text;
using Weft.Api.Security;

namespace Weft.Api.Tests;

public sealed class HookApiTests : IAsyncLifetime
{
    private const string Secret = "whsec_test";

    private const string Signed = """
        triggers:
          - type: webhook
            webhook:
              slug: orders
              verify: { strategy: hmac, secret: "{{ .env.HOOK_SECRET }}", header: X-Signature }
              dedupe: { enabled: true, key: id }
              events:
                - name: created
                  filter: payload.type == "created"
                  input: { name: "{{ .payload.customer }}" }
                - name: deleted
                  filter: payload.type == "deleted" and payload.confirmed
                  input: { name: "gone" }
        """;

    private const string OwnSigned = """
        triggers:
          - type: webhook
            webhook:
              slug: parcels
              verify: { strategy: weft }
        """;

    private const string Open = """
        triggers:
          - type: webhook
            webhook: { slug: open }
        """;

    private const string OnMail = """
        triggers:
          - type: signal
            name: gmail_new_gmail_message
        """;

    private ApiHost _host = null!; // InitializeAsync comes first.

    public async Task InitializeAsync()
    {
        _host = await ApiHost.StartAsync(new Dictionary<string, string?>
        {
            ["HOOK_SECRET"] = Secret,
            ["COMPOSIO_WEBHOOK_SECRET"] = Secret,
            ["Weft:Hooks:parcels:Secret"] = Secret,
            ["Weft:Api:Keys:0:Name"] = "owner",
            ["Weft:Api:Keys:0:Hash"] = ApiKeyHash.Of("own-key"),
        });
        foreach (var (id, triggers) in new[] { ("hooked", Signed), ("parcelled", OwnSigned), ("opened", Open), ("mailed", OnMail) })
        {
            var put = await _host.SendAsync(
                HttpMethod.Put, "workflows/" + id, Texts.Greet(id) + "\n" + triggers, "application/yaml", ("X-Api-Key", "own-key"));
            Assert.True(put.Status == HttpStatusCode.Created, put.Text);
        }
    }

    [Fact]
    public async Task ADeliveryWithTheProductsOwnSignature_StartsOnce_HoweverOftenItIsSent()
    {
        const string Body = """{"name": "Ada"}""";
        var signature = OwnSignature(Body, DateTimeOffset.UtcNow);

        var first = await _host.PostAsync("hooks/parcels", Body, ("X-Weft-Signature", signature));
        var caught = await _host.PostAsync("hooks/parcels", Body, ("X-Weft-Signature", signature));
        var retried = await _host.PostAsync("hooks/parcels", Body,
            ("X-Weft-Signature", OwnSignature(Body, DateTimeOffset.UtcNow.AddSeconds(2))), ("X-Weft-Delivery", "d1"));
        var again = await _host.PostAsync("hooks/parcels", Body,
            ("X-Weft-Signature", OwnSignature(Body, DateTimeOffset.UtcNow.AddSeconds(4))), ("X-Weft-Delivery", "d1"));

        Assert.Equal(HttpStatusCode.Accepted, first.Status);
        Assert.Equal(first.Json["execution_ids"]!.ToJsonString(), caught.Json["execution_ids"]!.ToJsonString());
        Assert.Equal(retried.Json["execution_ids"]!.ToJsonString(), again.Json["execution_ids"]!.ToJsonString());
        Assert.NotEqual(first.Json["execution_ids"]!.ToJsonString(), retried.Json["execution_ids"]!.ToJsonString());
    }

    [Theory]
    [InlineData(-301)]
    [InlineData(301)]
    public async Task ADeliveryWithTheProductsOwnSignature_OutsideTheWindow_IsRefused(int seconds) =>
        (await _host.PostAsync("hooks/parcels", "{}",
            ("X-Weft-Signature", OwnSignature("{}", DateTimeOffset.UtcNow.AddSeconds(seconds))))).ShouldBe(401, "hook_not_signed");

    [Fact]
    public async Task ADeliveryWithTheProductsOwnSignature_OfAnotherBody_IsRefused() =>
        (await _host.PostAsync("hooks/parcels", """{"name": "Eve"}""",
            ("X-Weft-Signature", OwnSignature("""{"name": "Ada"}""", DateTimeOffset.UtcNow)))).ShouldBe(401, "hook_not_signed");

    private static string OwnSignature(string body, DateTimeOffset at)
    {
        var time = at.ToUnixTimeSeconds();
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{time}.{body}"));
        return $"t={time},v1={Convert.ToHexStringLower(signature)}";
    }

    [Fact]
    public async Task ASignedDelivery_StartsTheWorkflowWithTheEventsInput()
    {
        var accepted = await DeliverAsync("""{"id": 1, "type": "created", "customer": "Ada"}""");

        Assert.True(accepted.Status == HttpStatusCode.Accepted, accepted.Text);
        Assert.Equal("created", accepted.Json["event"]!.GetValue<string>());
        var id = accepted.Json["execution_ids"]![0]!.GetValue<string>();
        var listed = await _host.GetAsync("executions/" + id, ("X-Api-Key", "own-key"));
        Assert.Equal("Ada", listed.Json["input"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task ADeliveryThatComesTwice_StartsOneExecution()
    {
        const string Body = """{"id": 2, "type": "created", "customer": "Ada"}""";

        var first = await DeliverAsync(Body);
        var second = await DeliverAsync(Body);

        Assert.Equal(first.Json["execution_ids"]!.ToJsonString(), second.Json["execution_ids"]!.ToJsonString());
    }

    [Fact]
    public async Task ADeliveryOfAnotherEvent_StartsNothing()
    {
        var ignored = await DeliverAsync("""{"id": 3, "type": "deleted"}""");

        Assert.Equal(HttpStatusCode.OK, ignored.Status);
        Assert.Equal("no_matching_event", ignored.Json["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task ADeliveryWithAWrongOrNoSignature_Is401()
    {
        const string Body = """{"id": 4, "type": "created", "customer": "Ada"}""";

        (await _host.SendAsync(HttpMethod.Post, "hooks/orders", Body)).ShouldBe(401, "hook_not_signed");
        (await _host.SendAsync(HttpMethod.Post, "hooks/orders", Body, headers: ("X-Signature", Sign(Body + " ")))).ShouldBe(
            401, "hook_not_signed");
    }

    [Theory]
    [InlineData("not json", 400, "invalid_hook_payload")]
    [InlineData("""{"id": 5, "type": "created", "customer": ""}""", 422, "invalid_input")]
    public async Task ASignedDeliveryThatDoesNotFit_SaysSo(string body, int status, string code) =>
    (await DeliverAsync(body)).ShouldBe(status, code);

    [Fact]
    public async Task AnUnknownHook_Is404() =>
    (await _host.SendAsync(HttpMethod.Post, "hooks/nothing", "{}")).ShouldBe(404, "hook_not_found");

    [Fact]
    public async Task AHookWithoutASignature_NeedsAKeyOfTheServer()
    {
        (await _host.SendAsync(HttpMethod.Post, "hooks/open", """{"name": "Ada"}""")).ShouldBe(401, "unauthorized");

        var accepted = await _host.SendAsync(HttpMethod.Post, "hooks/open", """{"name": "Ada"}""", headers: ("X-Api-Key", "own-key"));

        Assert.Equal(HttpStatusCode.Accepted, accepted.Status);
    }

    [Fact]
    public async Task ADeliveryOfComposio_StartsTheWorkflowsOfItsTrigger()
    {
        const string Body =
            """{"id": "evt_1", "type": "composio.trigger.message", "metadata": {"trigger_slug": "GMAIL_NEW_GMAIL_MESSAGE", "user_id": "u1"}, "data": {"name": "Ada"}}""";
        var time = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString();
        var signature =
            Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"evt_1.{time}.{Body}")));

        var accepted = await _host.SendAsync(
            HttpMethod.Post, "hooks/composio", Body,
            headers: [("webhook-id", "evt_1"), ("webhook-timestamp", time), ("webhook-signature", "v1," + signature)]);

        Assert.True(accepted.Status == HttpStatusCode.Accepted, accepted.Text);
        (await _host.SendAsync(HttpMethod.Post, "hooks/composio", Body)).ShouldBe(401, "hook_not_signed");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    private Task<Answer> DeliverAsync(string body) =>
        _host.SendAsync(HttpMethod.Post, "hooks/orders", body, headers: ("X-Signature", Sign(body)));

    private static string Sign(string body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(body)));
}
