using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Weft.Api.Problems;
using Weft.Language;

namespace Weft.Api.Security;

/// <summary>Says who may come in: by key when there are keys; without keys, whoever is not another site's page in a browser.</summary>
internal sealed class AccessCheck(IOptionsMonitor<ApiOptions> options)
{
    /// <summary>Throws when the caller may not do this.</summary>
    /// <exception cref="ApiException">401 or 403.</exception>
    public void Require(HttpContext context, string scope)
    {
        var keys = options.CurrentValue.Keys;
        if (keys.Count == 0)
        {
            RefuseOtherSites(context);
            return;
        }

        if (PresentedKey(context.Request) is not { } presented)
        {
            throw Unauthorized(context, "This server needs a key. Send it as 'Authorization: Bearer KEY' or 'X-Api-Key: KEY'.");
        }

        if (keys.FirstOrDefault(k => ApiKeyHash.Matches(presented, k.Hash)) is not { } key)
        {
            throw Unauthorized(context, "The key is not known here. Keys are listed, by hash, under Weft:Api:Keys.");
        }

        if (key.Scopes.Count > 0 && !key.Scopes.Contains(scope))
        {
            throw new ApiException(
                "forbidden", Fault.Forbidden, $"The key '{key.Name}' may {string.Join(" and ", key.Scopes)}; this needs '{scope}'.");
        }
    }

    private static ApiException Unauthorized(HttpContext context, string detail)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return new ApiException("unauthorized", Fault.Unauthenticated, detail);
    }

    private static string? PresentedKey(HttpRequest request)
    {
        const string Bearer = "Bearer ";
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return authorization[Bearer.Length..].Trim();
        }

        return request.Headers["X-Api-Key"].ToString() is { Length: > 0 } key ? key : null;
    }

    // A page of another site can make a browser post to loopback; the browser says so in these headers, and no other client sends them.
    private static void RefuseOtherSites(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        {
            return;
        }

        var origin = request.Headers.Origin.ToString();
        var foreign = origin.Length > 0
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri)
                && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
        if (foreign || request.Headers["Sec-Fetch-Site"] == "cross-site")
        {
            throw new ApiException(
                "cross_site_request", Fault.Forbidden,
                "A page of another site asked for this, and the server has no keys to tell callers apart. Set Weft:Api:Keys to let sites "
                + "in.");
        }
    }
}
