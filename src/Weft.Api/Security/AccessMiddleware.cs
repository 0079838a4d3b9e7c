using Microsoft.AspNetCore.Http;

namespace Weft.Api.Security;

/// <summary>Checks each request that is not open to all.</summary>
internal sealed class AccessMiddleware(RequestDelegate next, AccessCheck access)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<OpenToAll>() is null)
        {
            access.Require(context, Scopes.Of(context));
        }

        return next(context);
    }
}
