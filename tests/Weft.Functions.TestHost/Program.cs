// Usage: Weft.Functions.TestHost APP.dll PORT. Settings are those of the Functions host, in the environment; HOST_KEY is the functions'
// key and HOST_LOG the least level that is written.
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Weft.Functions.TestHost.Durable;
using Weft.Functions.TestHost.Http;
using Weft.Functions.TestHost.Worker;

var app = Path.GetFullPath(args[0]);
var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{int.Parse(args[1], CultureInfo.InvariantCulture)}");

// It alone makes the Durable extension speak the protocol of workers. Its container's name would make it think it is on Azure.
Environment.SetEnvironmentVariable("FUNCTIONS_WORKER_RUNTIME", "dotnet-isolated");
Environment.SetEnvironmentVariable("CONTAINER_NAME", null);

using var stopping = new CancellationTokenSource();
await using var rpc = OpenRpc();
await rpc.StartAsync();
var workers = rpc.Services.GetRequiredService<WorkerPool>();
AppDomain.CurrentDomain.UnhandledException += (_, _) => workers.Stop();
try
{
    var running = workers.RunAsync(rpc.Urls.First(), stopping.Token);
    await await Task.WhenAny(workers.ReadyAsync(), running);
    var hostJson = Path.Combine(Path.GetDirectoryName(app)!, "host.json"); // The library is a file.
    using var jobs = await JobHosts.StartAsync(workers, hostJson, address, Say, stopping.Token);
    await using var http = await OpenHttpAsync(workers);
    await http.StartAsync();
    Console.WriteLine($"Ready on {address}");

    // Whoever started it holds its standard input open; it does not outlive them.
    await Task.WhenAny(http.WaitForShutdownAsync(), running, Task.Run(Console.In.ReadToEnd));
    await jobs.StopAsync();
}
finally
{
    await stopping.CancelAsync();
    workers.Stop(); // Only kill -9 leaves the worker behind; whoever does that must kill both.
}

WebApplication OpenRpc()
{
    var builder = WebApplication.CreateBuilder();
    Say(builder.Logging);
    builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.Protocols = HttpProtocols.Http2));
    builder.Services.AddGrpc(o => o.MaxReceiveMessageSize = o.MaxSendMessageSize = null);
    builder.Services.AddSingleton(s => new WorkerPool(app, s.GetRequiredService<ILogger<WorkerPool>>()));
    var server = builder.Build();
    server.MapGrpcService<FunctionRpcService>();
    return server;
}

async Task<WebApplication> OpenHttpAsync(WorkerPool pool)
{
    var builder = WebApplication.CreateBuilder();
    Say(builder.Logging);
    builder.WebHost.UseUrls(address);
    var server = builder.Build();
    var client = await DurableFunctions.ClientAsync();
    AdminRoutes.Map(server, pool, client);
    new HttpFront(pool, client, Environment.GetEnvironmentVariable("HOST_KEY") ?? "test").Map(server, "api");
    return server;
}

static void Say(ILoggingBuilder logging) => logging
    .ClearProviders()
    .AddSimpleConsole(o => o.SingleLine = true)
    .SetMinimumLevel(Enum.Parse<LogLevel>(Environment.GetEnvironmentVariable("HOST_LOG") ?? nameof(LogLevel.Warning)))
    .AddFilter(typeof(WorkerPool).Namespace, LogLevel.Information);
