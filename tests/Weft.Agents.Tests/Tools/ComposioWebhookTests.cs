using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Weft.Agents.Tools.Providers.Composio;

namespace Weft.Agents.Tests.Tools;

public sealed class ComposioWebhookTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 17, 0, 0, TimeSpan.Zero);
    private const string Secret = "whsec_abc";
    private const string Body = """{"id":"msg_1"}""";

    [Fact]
    public void Signature_OfTheRawBody_IsAccepted_AmongOthersToo() =>
        Assert.True(
            ComposioWebhook.Verify(
                Secret, "msg_1", Stamp(Now), Encoding.UTF8.GetBytes(Body), $"v1,AAAA {Sign(Secret, "msg_1", Stamp(Now), Body)}", Now));

    [Theory]
    [InlineData("other", "msg_1", Body, 0)]
    [InlineData(Secret, "msg_2", Body, 0)]
    [InlineData(Secret, "msg_1", "{}", 0)]
    [InlineData(Secret, "msg_1", Body, 301)]
    [InlineData(Secret, "msg_1", Body, -301)]
    public void AnythingElse_IsRefused(string secret, string id, string body, int secondsOff)
    {
        var stamp = Stamp(Now.AddSeconds(secondsOff));
        var signature = Sign(Secret, "msg_1", stamp, Body);

        Assert.False(ComposioWebhook.Verify(secret, id, stamp, Encoding.UTF8.GetBytes(body), signature, Now));
    }

    [Theory]
    [InlineData(
        """{"id":"msg_1","type":"composio.trigger.message","metadata":{"trigger_slug":"GITHUB_COMMIT_EVENT","trigger_id":"ti_1","connected_account_id":"ca_1","user_id":"u"},"data":{"m":1}}""")]
    [InlineData(
        """{"type":"github_commit_event","timestamp":"x","data":{"m":1,"connection_nano_id":"ca_1","trigger_nano_id":"ti_1","user_id":"u"}}""")]
    [InlineData("""{"trigger_name":"github_commit_event","connection_id":"ca_1","trigger_id":"ti_1","payload":{"m":1}}""")]
    public void Event_OfEachForm_IsRead(string body)
    {
        var read = ComposioWebhook.Read("msg_1", body)!;

        Assert.Equal(("msg_1", "GITHUB_COMMIT_EVENT", "ti_1", "ca_1"), (read.Id, read.Type, read.TriggerId, read.ConnectedAccountId));
        Assert.Equal(1, (int)read.Data["m"]!);
    }

    [Fact]
    public void ExpiredAccount_IsKnownAsSuch()
    {
        var read = ComposioWebhook.Read("msg_1",
            """{"id":"msg_1","type":"composio.connected_account.expired","metadata":{"project_id":"p"},"data":{"id":"ca_7","user_id":"u"}}""")!;

        Assert.True(read.AccountExpired);
        Assert.Equal(("ca_7", "u"), (read.ConnectedAccountId, read.UserId));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    public void Nonsense_IsNoEvent(string body) => Assert.Null(ComposioWebhook.Read("msg_1", body));

    private static string Stamp(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static string Sign(string secret, string id, string stamp, string body) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{id}.{stamp}.{body}")));
}
