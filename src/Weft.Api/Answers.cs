using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Weft.Api;

/// <summary>What answers are made of.</summary>
internal static class Answers
{
    /// <summary>A list that is one page.</summary>
    public static Ok<ItemsAnswer<T>> Items<T>(IReadOnlyList<T> items) => Items(items, null);

    public static Ok<ItemsAnswer<T>> Items<T>(IReadOnlyList<T> items, string? nextCursor) =>
        TypedResults.Ok(new ItemsAnswer<T>(items, nextCursor));

    /// <summary>The address of a route of ours, under the version and the base path that the caller used.</summary>
    public static string Link(HttpContext context, string path)
    {
        var version = context.Request.Path.StartsWithSegments("/api/v0", StringComparison.OrdinalIgnoreCase) ? "v0" : "v1";
        return $"{context.Request.PathBase}/api/{version}{path}";
    }
}
