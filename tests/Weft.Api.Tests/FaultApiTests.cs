using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Weft.Agents.Secrets;
using Weft.Agents.Storage;
using Weft.Embedded.Engine;
using Weft.Embedded.Secrets;
using Weft.Runtime.Queues;
using Weft.Runtime.Triggers;

namespace Weft.Api.Tests;

/// <summary>What is not the caller's doing is told as passing, with a wait; what is, is not told as the server's.</summary>
public sealed class FaultApiTests : IAsyncLifetime
{
    private const string Hooked = """
        triggers:
          - type: webhook
            webhook:
              slug: sealed
              verify: { strategy: hmac, secret: "{{ .env.WEFT_TEST_SEALED }}", header: X-Signature }
        """;

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));
    private ApiHost _host = null!; // InitializeAsync comes first.

    public async Task InitializeAsync()
    {
        _host = await ApiHost.StartAsync(configure: services => services
            .AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>().AddSingleton<ISecretVault, LocalSecretVault>());
        await _host.PutWorkflowAsync("greet", Texts.Greet());
    }

    public async Task DisposeAsync()
    {
        _deadline.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Start_WhileTheEngineIsStopped_IsUnavailableWithAWait()
    {
        await StopEngineAsync();

        var refused = await _host.PostAsync("workflows/greet/executions", """{"name": "Ada"}""");

        Assert.StartsWith("engine_stopp", refused.Code, StringComparison.Ordinal);
        refused.ShouldBe(503, refused.Code);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Message_WhileTheEngineIsStopped_IsGivenBackAndNotPutAside()
    {
        await StopEngineAsync();
        var handler = ActivatorUtilities.CreateInstance<StartMessageHandler>(_host.Services);

        var answer =
            await handler.HandleAsync("weft-start", "m1", """{"workflow_id": "greet", "input": {"name": "Ada"}}""", _deadline.Token);

        Assert.StartsWith("engine_stopp", Assert.IsType<MessageDisposition.Abandon>(answer).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schedule_ThatNoRowHolds_IsTooLarge()
    {
        var body = $$"""{"workflow_id": "greet", "cron": "0 3 * * *", "input": {"name": "{{new string('a', RowLimits.MaxJsonBytes)}}"} }""";

        var refused = await _host.SendAsync(HttpMethod.Put, "schedules/large", body);

        refused.ShouldBe(413, "row_too_large");
        Assert.Null(refused.Headers.RetryAfter);
    }

    [Fact]
    public async Task Hook_WhoseSecretCannotBeOpened_IsUnavailable()
    {
        var put = await _host.PutWorkflowAsync("hooked", Texts.Greet("hooked") + "\n" + Hooked);
        Assert.True(put.Status == System.Net.HttpStatusCode.Created, put.Text);
        var elsewhere = new LocalSecretVault(
            _host.Services.GetRequiredService<IRecordStore>(), new EphemeralDataProtectionProvider(), TimeProvider.System);
        await elsewhere.SetAsync("WEFT_TEST_SEALED", "s3cret", _deadline.Token);

        var refused = await _host.PostAsync("hooks/sealed", "{}", ("X-Signature", "00"));

        refused.ShouldBe(503, "secret_unreadable");
    }

    private Task StopEngineAsync() => _host.Services.GetRequiredService<EmbeddedEngine>().StopAsync(_deadline.Token);
}
