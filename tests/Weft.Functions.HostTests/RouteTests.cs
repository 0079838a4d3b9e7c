using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Weft.EndToEnd.Harness;
using Weft.Functions.HostTests.Harness;

namespace Weft.Functions.HostTests;

/// <summary>Each route reaches its function in the host's own order of routes, and asks for a key where one is due.</summary>
[Collection(EmulatorCollection.Name)]
public sealed class RouteTests(HookedHost hooked) : IClassFixture<HookedHost>, IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));
    private readonly HttpClient _anyone = new() { BaseAddress = hooked.Host.Address };

    [Theory]
    [InlineData("GET", "api/health", "HealthWithoutVersion", 200)]
    [InlineData("GET", "api/v1/health", "Health", 200)]
    [InlineData("GET", "api/v0/health", "Health", 200)]
    [InlineData("GET", "api/v1/composio/callback?state=none", "ComposioCallback", 400)]
    [InlineData("POST", "api/v1/hooks/none", "ReceiveHook", 404)]
    public async Task Route_ForAnyone_IsAnsweredByItsFunctionWithoutAKey(string method, string path, string function, int status)
    {
        using var answer = await SendAsync(_anyone, method, path);

        Assert.Equal((function, status), (FunctionOf(answer), (int)answer.StatusCode));
    }

    [Theory]
    [InlineData("POST", "api/v1/workflows/echo/executions", "StartExecution")]
    [InlineData("POST", "api/v1/workflows/execute", "ExecuteWorkflow")]
    [InlineData("GET", "api/v1/executions/none", "GetExecution")]
    [InlineData("POST", "api/v1/executions/none/cancel", "CancelExecution")]
    [InlineData("POST", "api/v1/executions/none/signals", "SignalExecution")]
    [InlineData("GET", "api/v1/executions", "WeftApi")]
    [InlineData("GET", "api/v1/executions/none/events", "WeftApi")]
    [InlineData("GET", "api/v1/workflows", "WeftApi")]
    [InlineData("PUT", "api/v1/workflows/echo", "WeftApi")]
    [InlineData("DELETE", "api/v1/workflows/echo", "WeftApi")]
    [InlineData("GET", "api/v1/schedules", "WeftApi")]
    [InlineData("GET", "api/ready", "WeftApi")]
    [InlineData("GET", "api/metrics", "WeftApi")]
    [InlineData("GET", "api/nothing/here", "WeftApi")]
    public async Task Route_WithoutItsKey_IsRefusedByTheHost(string method, string path, string function)
    {
        using var refused = await SendAsync(_anyone, method, path);
        using var admitted = await SendAsync(hooked.Host.Client, method, "/" + path);

        Assert.Equal((function, HttpStatusCode.Unauthorized), (FunctionOf(refused), refused.StatusCode));
        Assert.Equal(function, FunctionOf(admitted));
        Assert.NotEqual(HttpStatusCode.Unauthorized, admitted.StatusCode);
    }

    [Fact]
    public async Task Hook_ThatIsSigned_StartsItsWorkflowWithoutAKey()
    {
        await hooked.Host.PutTestWorkflowAsync("hooked", _deadline.Token);
        const string Body = """{"name":"Ada"}""";
        using var unsigned = await _anyone.PostAsync("api/v1/hooks/orders", ApiClient.Json(Body), _deadline.Token);
        using var delivery = new HttpRequestMessage(HttpMethod.Post, "api/v1/hooks/orders") { Content = ApiClient.Json(Body) };
        delivery.Headers.Add("X-Weft-Signature", SignatureOf(Body));

        using var answer = await _anyone.SendAsync(delivery, _deadline.Token);

        // Refused by the product, which says why, and not by the host.
        Assert.Equal(
            (HttpStatusCode.Unauthorized, "application/problem+json"),
            (unsigned.StatusCode, unsigned.Content.Headers.ContentType?.MediaType));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var started = System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync(_deadline.Token))!;
        var document = await hooked.Host.AwaitEndAsync((string)started["execution_ids"]![0]!, _deadline.Token);
        Assert.Equal("Hello, Ada!", (string?)document.Output!["text"]);
    }

    private Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string path) =>
        client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), _deadline.Token);

    private static string FunctionOf(HttpResponseMessage answer) => answer.Headers.GetValues("X-Function").Single();

    private static string SignatureOf(string body)
    {
        var time = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(HookedHost.Secret), Encoding.UTF8.GetBytes($"{time}.{body}"));
        return $"t={time},v1={Convert.ToHexStringLower(signature)}";
    }

    public void Dispose()
    {
        _anyone.Dispose();
        _deadline.Dispose();
    }
}
