using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Weft.Api.Requests;

/// <summary>Says what a route's body is, for the OpenAPI document.</summary>
internal static class TakesExtensions
{
    /// <summary>The body is JSON of this form.</summary>
    /// <remarks>
    /// Any type is let through: the handler refuses others with a problem that says what to send, which the router's bare 415 does not.
    /// </remarks>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route)
        where T : notnull => route.Accepts<T>(isOptional: true, "application/json", "*/*");
}
