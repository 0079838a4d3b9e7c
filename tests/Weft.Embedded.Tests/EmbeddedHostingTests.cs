using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Weft.Agents.Storage;
using Weft.Embedded.Engine;
using Weft.Workflows.Durable;

namespace Weft.Embedded.Tests;

public sealed class EmbeddedHostingTests : IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(30));
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        _deadline.Dispose();
    }

    [Fact]
    public async Task Host_WithRegistrations_RunsThemWithItsServices()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(new Greeting("Hello, "));
        builder.Services.AddSingleton<Greet>();
        builder.Services.AddSingleton<ActivityRegistration>(
            ActivityRegistration.Of("greet", services => services.GetRequiredService<Greet>()));
        builder.Services.AddSingleton<OrchestratorRegistration>(OrchestratorRegistration.Of("main", _ => new Main()));
        builder.Services.AddEmbeddedEngine(options => options.DataFolder = _folder.Path);
        using var host = builder.Build();
        await host.StartAsync(_deadline.Token);
        var client = host.Services.GetRequiredService<IOrchestrationClient>();

        await client.ScheduleAsync("main", "you", new ScheduleOptions { InstanceId = "i1" }, _deadline.Token);
        var ended = await client.WaitForCompletionAsync("i1", _deadline.Token);
        await host.Services.GetRequiredService<IRecordStore>().UpsertAsync(new RowKey("t", "p", "r"), "{}", _deadline.Token);
        await host.StopAsync(_deadline.Token);

        Assert.Equal("Hello, you", ended.Output!.GetValue<string>());
        await using var free = new EmbeddedEngine(
            new EmbeddedEngineOptions { DataFolder = _folder.Path }, [], [], host.Services, TimeProvider.System,
            NullLogger<EmbeddedEngine>.Instance);
        Assert.NotNull(await free.Records.ReadAsync(new RowKey("t", "p", "r"), _deadline.Token));
    }

    private sealed record Greeting(string Text);

    private sealed class Greet(Greeting greeting) : IActivity<string, string>
    {
        public Task<string> RunAsync(ActivityContext context, string input, CancellationToken cancellationToken) =>
            Task.FromResult(greeting.Text + input);
    }

    private sealed class Main : IOrchestrator<string, string>
    {
        public Task<string> RunAsync(IOrchestrationContext context, string input) => context.CallActivityAsync<string>("greet", input);
    }
}
