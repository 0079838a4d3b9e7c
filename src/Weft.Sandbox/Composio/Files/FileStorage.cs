using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Weft.Sandbox.Composio.Files;

/// <summary>The storage behind upload addresses. Bytes are kept in memory; it refuses those that do not have the announced MD5.</summary>
internal static class FileStorage
{
    public static void Map(IEndpointRouteBuilder endpoints, SandboxWorld world)
    {
        var contents = new ConcurrentDictionary<string, byte[]>();
        endpoints.MapPut("/composio/files/{**key}", http => PutAsync(http, world, contents));
        endpoints.MapGet("/composio/files/{**key}", http => GetAsync(http, world, contents));
    }

    [SuppressMessage("Security", "CA5351", Justification = "The service's upload protocol announces files by their MD5.")]
    private static async Task PutAsync(HttpContext http, SandboxWorld world, ConcurrentDictionary<string, byte[]> contents)
    {
        var key = http.GetRouteValue("key") as string ?? string.Empty;
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        lock (world.State.Gate)
        {
            var announced = world.State.Find<StoredFile>(StoredFile.Table, key);
            http.Response.StatusCode = announced is null ? 403 : Convert.ToHexStringLower(MD5.HashData(buffer.ToArray())) != announced.Md5.ToLowerInvariant() ? 400 : 200;
            if (http.Response.StatusCode == 200)
            {
                contents[key] = buffer.ToArray();
                world.State.Put(StoredFile.Table, key, announced! with { IsUploaded = true });
            }
        }
    }

    private static async Task GetAsync(HttpContext http, SandboxWorld world, ConcurrentDictionary<string, byte[]> contents)
    {
        var key = http.GetRouteValue("key") as string ?? string.Empty;
        if (!contents.TryGetValue(key, out var bytes))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        lock (world.State.Gate)
        {
            http.Response.ContentType = world.State.Find<StoredFile>(StoredFile.Table, key)?.MimeType ?? "application/octet-stream";
        }

        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }
}
