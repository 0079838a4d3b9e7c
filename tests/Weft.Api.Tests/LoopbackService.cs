using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Weft.Api.Tests;

/// <summary>A service on loopback that notes what it is asked, and answers as a test says.</summary>
internal sealed class LoopbackService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoopbackService(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    /// <summary>Gets the requests, in the order in which they came.</summary>
    public ConcurrentQueue<(string Method, string IdempotencyKey, DateTimeOffset At)> Requests { get; } = [];

    /// <param name="answer">Answers the request of a number, from 1.</param>
    public static async Task<LoopbackService> StartAsync(Func<HttpResponse, int, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var service = new LoopbackService(app);
        var count = 0;
        app.Run(async context =>
        {
            service.Requests.Enqueue(
                (context.Request.Method, context.Request.Headers["Idempotency-Key"].ToString(), TimeProvider.System.GetUtcNow()));
            await answer(context.Response, Interlocked.Increment(ref count));
        });
        await app.StartAsync();
        return service;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
