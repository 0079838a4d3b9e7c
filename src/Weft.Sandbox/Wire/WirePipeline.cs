using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Weft.Sandbox.Faults;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Wire;

/// <summary>What every request goes through: read, know the caller, choose a fault, answer, log, write.</summary>
internal sealed class WirePipeline(SandboxLog log, FaultPlan faults, TimeProvider clock, CancellationToken stopping)
{
    private const int DigestChars = 2048;
    private readonly WireWriter _writer = new(clock);
    private long _requests;

    public RequestDelegate Serve(WireDialect dialect, Func<Exchange, WireResponse> answer) => http => RunAsync(http, dialect, answer);

    private async Task RunAsync(HttpContext http, WireDialect dialect, Func<Exchange, WireResponse> answer)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        var started = clock.GetTimestamp();
        try
        {
            var exchange = await Exchange.ReadAsync(http, gone.Token);
            var refusal = dialect.Refuse(http.Request);
            exchange.Fault = refusal is not null ? null
                : faults.Next(dialect.Target, exchange.Model, exchange.Tool, http.Request.Path, exchange.BodyText);
            if (exchange.Fault is { Kind: FaultKind.Hang } hang)
            {
                await HangAsync(exchange, dialect, answer, started, hang.Effect is true, gone.Token);
                return;
            }

            if (exchange.Fault is { Kind: FaultKind.Latency, Ms: var ms })
            {
                await Task.Delay(TimeSpan.FromMilliseconds(ms ?? 1000), clock, gone.Token);
            }

            var response = refusal is not null ? dialect.Error(refusal) : Answer(exchange, dialect, answer);
            response = Unchanged(http, response) ?? response;
            response = dialect.Dress(response, Digest.Id("req_", $"{dialect.Target}/{Interlocked.Increment(ref _requests)}"));
            Log(exchange, dialect, response.Status, response.Digest ?? ErrorDigest(response), started);
            await _writer.WriteAsync(http, response, exchange.Fault, gone.Token);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            http.Abort();
        }
    }

    /// <summary>304 for a caller that has this very answer already.</summary>
    private static WireResponse? Unchanged(HttpContext http, WireResponse response)
    {
        var tag = response.Headers.FirstOrDefault(header => header.Key == "ETag").Value;
        return tag is not null && http.Request.Headers.IfNoneMatch.Contains(tag)
            ? response with { Status = StatusCodes.Status304NotModified, Chunks = [] } : null;
    }

    private static WireResponse Answer(Exchange exchange, WireDialect dialect, Func<Exchange, WireResponse> answer)
    {
        if (exchange.Fault is { } fault && dialect.Instead(fault) is { } instead)
        {
            if (fault.Effect is true)
            {
                answer(exchange);
            }

            return instead;
        }

        if (exchange.HasBody && exchange.Body is null)
        {
            return dialect.Error(new WireError(400, "We could not parse the JSON body of your request."));
        }

        var response = Guarded(exchange, dialect, answer);
        return exchange.Fault?.Kind == FaultKind.MalformedBody
            ? response with { Chunks = ["{\"id\": \"" + Digest.Clip(string.Concat(response.Chunks), 40)] }
            : response;
    }

    /// <summary>A defect of the simulator shows as what it is, and not as an empty answer.</summary>
    private static WireResponse Guarded(Exchange exchange, WireDialect dialect, Func<Exchange, WireResponse> answer)
    {
        try
        {
            return answer(exchange);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return dialect.Error(new WireError(500, $"The sandbox failed: {error.GetType().Name}: {error.Message}"));
        }
    }

    private async Task HangAsync(Exchange exchange, WireDialect dialect, Func<Exchange, WireResponse> answer, long started, bool effect,
        CancellationToken gone)
    {
        if (effect)
        {
            answer(exchange);
        }

        Log(exchange, dialect, status: 0, answer: null, started);
        await Task.Delay(Timeout.InfiniteTimeSpan, clock, gone);
    }

    private void Log(Exchange exchange, WireDialect dialect, int status, JsonObject? answer, long started)
    {
        var elapsed = clock.GetElapsedTime(started);
        log.Add(seq => new LogEntry
        {
            Seq = seq,
            Time = clock.GetUtcNow(),
            Target = dialect.Target,
            Method = exchange.Http.Request.Method,
            Path = exchange.Path,
            Model = exchange.Model,
            Tool = exchange.Tool,
            Request = exchange.Request,
            IdempotencyKey = exchange.IdempotencyKey,
            Status = status,
            Answer = answer,
            Fault = exchange.Fault is { } fault ? fault.Name ?? fault.KindName : null,
            DurationMs = Math.Round(elapsed.TotalMilliseconds, 3),
        });
    }

    private static JsonObject? ErrorDigest(WireResponse response) => response.Status < 400
        ? null
        : new JsonObject { ["error"] = Digest.Clip(string.Concat(response.Chunks), DigestChars) };
}
