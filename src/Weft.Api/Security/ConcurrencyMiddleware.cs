using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Weft.Api.Problems;
using Weft.Language;

namespace Weft.Api.Security;

/// <summary>Sheds load: one request more than the server works on at once is told to come back.</summary>
internal sealed class ConcurrencyMiddleware(RequestDelegate next, IOptionsMonitor<ApiOptions> options)
{
    private int _running;

    public async Task InvokeAsync(HttpContext context)
    {
        // Health must be told under load, and an event stream costs next to nothing while it is silent.
        if (context.GetEndpoint()?.Metadata.GetMetadata<OpenToAll>() is not null
            || context.Request.Path.Value?.EndsWith("/events", StringComparison.Ordinal) == true)
        {
            await next(context);
            return;
        }

        try
        {
            if (Interlocked.Increment(ref _running) > options.CurrentValue.MaxConcurrentRequests)
            {
                throw new ApiException(
                    "overloaded", Fault.Unavailable,
                    $"The server works on {options.CurrentValue.MaxConcurrentRequests} requests already. Try again shortly.");
            }

            await next(context);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
