using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Weft.Language;

namespace Weft.Api.Problems;

/// <summary>Answers every failure as a problem, and lets no exception out: a host shows one as a bare 500.</summary>
internal sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    private const int LongestRetryAfterSeconds = 3600;

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            var response = context.Response;
            if (response is { StatusCode: >= 400, HasStarted: false, ContentType: null, ContentLength: null or 0 })
            {
                await WriteAsync(context, ProblemMap.Of(response.StatusCode, context.Request));
            }
        }
        catch (Exception exception)
            when (context.RequestAborted.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            logger.CallerLeft(context.Request.Method, context.Request.Path);
        }
        catch (Exception exception)
        {
            await AnswerAsync(context, exception);
        }
    }

    private async Task AnswerAsync(HttpContext context, Exception exception)
    {
        var problem = ProblemMap.Of(exception);
        if (problem.Status == 500)
        {
            logger.RequestFailed(exception, context.Request.Method, context.Request.Path);
        }

        if (context.Response.HasStarted)
        {
            // Half an answer is out; cutting the connection is the only way left to say that it is not whole.
            context.Abort();
            return;
        }

        if (exception is WeftException { Fault.Wait: { } wait })
        {
            var seconds = (int)Math.Clamp(Math.Ceiling(wait.TotalSeconds), 1, LongestRetryAfterSeconds);
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        await WriteAsync(context, problem);
    }

    private static async Task WriteAsync(HttpContext context, ProblemBody problem)
    {
        var response = context.Response;
        response.StatusCode = problem.Status;
        response.ContentType = "application/problem+json";
        response.Headers.CacheControl = "no-store";
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        var traced = problem with { TraceId = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier };
        var json = JsonSerializer.SerializeToUtf8Bytes(traced, WeftJson.Options);
        response.ContentLength = json.Length;
        await response.Body.WriteAsync(json, context.RequestAborted);
    }
}
