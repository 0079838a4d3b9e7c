using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Weft.Agents.Storage;
using Weft.Api.Security;

namespace Weft.Api.Tests;

public sealed class ProblemApiTests(SharedApiHost shared) : IClassFixture<SharedApiHost>
{
    private ApiHost Host => shared.Host;

    [Theory]
    [InlineData("nothing/here")]
    [InlineData("/")]
    [InlineData("/api/v2/workflows")]
    public async Task AnUnknownRoute_Is404WithACode(string path) =>
    (await Host.GetAsync(path.StartsWith('/') ? "/.." + "/.." + path : path)).ShouldBe(404, "route_not_found");

    [Fact]
    public async Task AWrongMethod_Is405WithWhatIsAllowed()
    {
        var refused = await Host.SendAsync(HttpMethod.Delete, "executions");

        refused.ShouldBe(405, "method_not_allowed");
    }

    [Fact]
    public async Task AHeadRequestForNothing_HasNoBody()
    {
        var answer = await Host.SendAsync(HttpMethod.Head, "nothing/here");

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Empty(answer.Text);
    }

    [Fact]
    public async Task ABodyThatIsNotUtf8_Is400()
    {
        using var request =
            new HttpRequestMessage(HttpMethod.Post, "workflows/execute") { Content = new ByteArrayContent([0x7b, 0xff, 0xfe, 0x7d]) };
        request.Content.Headers.ContentType = new("application/json");

        using var response = await Host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("malformed_text", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task AnotherCharset_Is415() =>
        (await Host.SendAsync(HttpMethod.Post, "workflows/execute", "{}", "application/json; charset=utf-16")).ShouldBe(
            415, "unsupported_charset");

    [Fact]
    public async Task ABodySentInChunksOverTheLimit_Is413()
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, "workflows/execute") { Content = new StreamContent(new MemoryStream(new byte[6 * 1024 * 1024])) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = true;
        request.Headers.ExpectContinue = true;

        using var response = await Host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("body_too_large", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task AFaultOfTheServer_Is500WithoutAWordOfIt()
    {
        await using var host = await ApiHost.StartAsync(configure: services => services.AddSingleton<IRecordStore>(new BrokenStore()));

        var failed = await host.GetAsync("workflows/x");

        failed.ShouldBe(500, "internal_error");
        Assert.DoesNotContain("hunter2", failed.Text);
        Assert.NotNull(failed.Json["trace_id"]);
        var ready = await host.GetAsync("readiness");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.Status);
        Assert.DoesNotContain("hunter2", ready.Text);
    }

    [Fact]
    public async Task MoreRequestsThanTheLimit_Are503WithRetryAfter()
    {
        await using var host = await ApiHost.StartAsync(new Dictionary<string, string?> { ["Weft:Api:MaxConcurrentRequests"] = "1" });
        await host.PutWorkflowAsync("greet", Texts.Greet());
        using var leave = new CancellationTokenSource();
        Task<HttpResponseMessage> WaitAsync() => host.Client.PostAsync(
            "workflows/execute",
            new StringContent("""{"workflow_id": "greet", "input_data": {"name": "a", "mode": "wait"}}""", null, "application/json"),
            leave.Token);
        var waiting = WaitAsync();
        Answer shed;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        do
        {
            deadline.Token.ThrowIfCancellationRequested();

            // The one that is to wait may itself have come one too many.
            waiting = waiting.IsCompleted ? WaitAsync() : waiting;
            shed = await host.GetAsync("workflows");
        }
        while (shed.Status == HttpStatusCode.OK);

        shed.ShouldBe(503, "overloaded");
        Assert.Equal(TimeSpan.FromSeconds(1), shed.Headers.RetryAfter!.Delta);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("health")).Status);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Keys_LetInWhoHasOneAndMayDoIt()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Weft:Api:Keys:0:Name"] = "reader",
            ["Weft:Api:Keys:0:Hash"] = ApiKeyHash.Of("read-key"),
            ["Weft:Api:Keys:0:Scopes:0"] = "read",
            ["Weft:Api:Keys:1:Name"] = "owner",
            ["Weft:Api:Keys:1:Hash"] = ApiKeyHash.Of("own-key"),
        };
        await using var host = await ApiHost.StartAsync(settings);

        (await host.GetAsync("workflows")).ShouldBe(401, "unauthorized");
        (await host.GetAsync("workflows", ("Authorization", "Bearer wrong"))).ShouldBe(401, "unauthorized");
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("workflows", ("X-Api-Key", "read-key"))).Status);
        (await host.SendAsync(HttpMethod.Put, "workflows/greet", Texts.Greet(), "application/yaml", ("X-Api-Key", "read-key"))).ShouldBe(
            403, "forbidden");
        Assert.Equal(HttpStatusCode.Created,
            (await host.SendAsync(
                HttpMethod.Put, "workflows/greet", Texts.Greet(), "application/yaml", ("Authorization", "Bearer own-key"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("health")).Status);
    }

    [Fact]
    public async Task AKeyInClear_EndsTheStartAndSaysHowToMendIt()
    {
        var settings = new Dictionary<string, string?> { ["Weft:Api:Keys:0:Hash"] = "my-secret-key" };

        var failed = await Assert.ThrowsAnyAsync<Exception>(() => ApiHost.StartAsync(settings));

        Assert.Contains("never the key", failed.Message);
        Assert.DoesNotContain("my-secret-key", failed.Message);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task APostFromAnotherSitesPage_Is403(string header, string value) =>
        (await Host.PostAsync("workflows/execute", "{}", (header, value))).ShouldBe(403, "cross_site_request");

    private sealed class BrokenStore : IRecordStore
    {
        public Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken) => throw Fault();

        public Task<WriteResult> InsertAsync(RowKey key, string json, CancellationToken cancellationToken) => throw Fault();

        public Task<WriteResult> ReplaceAsync(RowKey key, string json, ETag expected, CancellationToken cancellationToken) => throw Fault();

        public Task<WriteResult> UpsertAsync(RowKey key, string json, CancellationToken cancellationToken) => throw Fault();

        public Task<WriteResult> DeleteAsync(RowKey key, ETag? expected, CancellationToken cancellationToken) => throw Fault();

        public Task<RowPage> QueryAsync(RowRange range, CancellationToken cancellationToken) => throw Fault();

        public Task<BatchResult> BatchAsync(IReadOnlyList<RowWrite> writes, CancellationToken cancellationToken) => throw Fault();

        private static InvalidOperationException Fault() => new("The connection string is hunter2.");
    }
}
