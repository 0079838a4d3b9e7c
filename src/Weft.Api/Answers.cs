using Microsoft.AspNetCore.Http;
using Weft.Language;

namespace Weft.Api;

/// <summary>Answers in the one JSON form.</summary>
internal static class Answers
{
    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) => Results.Json(value, WeftJson.Options, statusCode: status);

    /// <summary>A list that is one page.</summary>
    public static IResult Items<T>(IReadOnlyList<T> items) => Json(new ItemsAnswer<T>(items, null));

    public static IResult Items<T>(IReadOnlyList<T> items, string? nextCursor) => Json(new ItemsAnswer<T>(items, nextCursor));

    /// <summary>The address of a route of ours, under the version and the base path that the caller used.</summary>
    public static string Link(HttpContext context, string path)
    {
        var version = context.Request.Path.StartsWithSegments("/api/v0", StringComparison.OrdinalIgnoreCase) ? "v0" : "v1";
        return $"{context.Request.PathBase}/api/{version}{path}";
    }
}
