using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Weft.Language;
using Weft.Runtime.Executions;

namespace Weft.Api.Executions;

/// <summary>Writes an execution's events as server-sent events (the HTML standard's text/event-stream).</summary>
/// <remarks>
/// By hand, since the framework's own writer knows no comments: its heartbeat would be an event, which a client that reads the data of
/// every event as JSON, or stops at a type it does not know, would trip over.
/// </remarks>
internal static class ExecutionEventStream
{
    // Proxies cut a connection that is silent for a minute or less.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public static async Task RunAsync(
        string id, HttpContext context, ExecutionEvents events, TimeProvider clock, CancellationToken cancellationToken)
    {
        var last = context.Request.Headers["Last-Event-ID"].ToString();
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var feed = events.WatchAsync(id, last.Length > 0 ? last : null, leaving.Token).GetAsyncEnumerator(leaving.Token);
        var next = feed.MoveNextAsync().AsTask();
        try
        {
            // The first event says whether there is such an execution: until then a problem can still be answered.
            if (!await next)
            {
                return;
            }

            Open(context);
            while (await next)
            {
                await WriteAsync(context, feed.Current, cancellationToken);
                next = feed.MoveNextAsync().AsTask();
                while (!next.IsCompleted)
                {
                    using var quiet = new CancellationTokenSource(Heartbeat, clock);
                    try
                    {
                        await next.WaitAsync(quiet.Token);
                    }
                    catch (OperationCanceledException) when (quiet.IsCancellationRequested && !next.IsCompleted)
                    {
                        await context.Response.WriteAsync(": still here\n\n", cancellationToken);
                        await context.Response.Body.FlushAsync(cancellationToken);
                    }
                }
            }
        }
        finally
        {
            // An enumerator may not be disposed while it is asked for its next.
            await leaving.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static void Open(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    private static async Task WriteAsync(HttpContext context, ExecutionEvent happened, CancellationToken cancellationToken)
    {
        var text = new StringBuilder()
            .Append("id: ").Append(happened.Id).Append('\n')
            .Append("event: ").Append(happened.Type).Append('\n')
            .Append("data: ").Append(happened.Data.ToJsonString(WeftJson.Options)).Append("\n\n");
        await context.Response.WriteAsync(text.ToString(), cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }
}
