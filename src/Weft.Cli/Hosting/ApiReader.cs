using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Weft.Api;
using Weft.Api.Problems;
using Weft.Language;

namespace Weft.Cli.Hosting;

/// <summary>Reads from the API: of a server that runs, or of the data folder through the same pipeline in this process.</summary>
internal static class ApiReader
{
    /// <summary>Answers the JSON of a GET.</summary>
    /// <param name="path">The path below <c>/api/v1</c>, with its query.</param>
    /// <param name="server">A server's address; null: the data folder.</param>
    /// <param name="settings">The data folder, and whether tools are simulated.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<JsonNode?> GetAsync(string path, Uri? server, HostSettings settings, CancellationToken cancellationToken)
    {
        var (status, body) = server is null
            ? await LocallyAsync(path, settings, cancellationToken)
            : await RemotelyAsync(path, server, cancellationToken);
        var json = Parsed(body);
        if (status < 400)
        {
            return json is null && body.Length > 0
                ? throw new ConfigurationException($"What answers at {server} is no server of Weft: it sends no JSON. Correct --url.")
                : json;
        }

        var detail = (string?)json?["detail"] ?? (string?)json?["title"] ?? Unsaid(status);
        throw new WeftException((string?)json?["code"] ?? "api_error", FaultStatus.Read(status), detail);
    }

    // What stands before a server answers in its own words, or in none.
    private static JsonNode? Parsed(string body)
    {
        try
        {
            return body.Length == 0 ? null : JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Unsaid(int status) => status is 401 or 403
        ? $"The server answered {status}. Set WEFT_API_KEY to a key of it; on Azure, to a function key of the app."
        : $"The API answered {status}.";

    private static async Task<(int Status, string Body)> RemotelyAsync(string path, Uri server, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = server };
        if (Environment.GetEnvironmentVariable("WEFT_API_KEY") is { Length: > 0 } key)
        {
            // A server of ours asks for the one, the platform before one on Azure for the other.
            client.DefaultRequestHeaders.Add("x-api-key", key);
            client.DefaultRequestHeaders.Add("x-functions-key", key);
        }

        try
        {
            using var answer = await client.GetAsync(new Uri($"/api/v1{path}", UriKind.Relative), cancellationToken);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (HttpRequestException unreachable)
        {
            throw new ConfigurationException($"No server answers at {server}: {unreachable.Message}");
        }
    }

    private static async Task<(int Status, string Body)> LocallyAsync(
        string path, HostSettings settings, CancellationToken cancellationToken)
    {
        await using var host = await LocalHost.StartAsync(settings, cancellationToken);
        var parts = path.Split('?', 2);
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = host.Services, RequestAborted = cancellationToken };
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        context.Request.Method = HttpMethods.Get;
        context.Request.Scheme = "http";
        context.Request.Host = new HostString("localhost");
        context.Request.Path = $"/api/v1{parts[0]}";
        context.Request.QueryString = parts.Length == 2 ? new QueryString("?" + parts[1]) : QueryString.Empty;
        context.Connection.RemoteIpAddress = System.Net.IPAddress.Loopback;
        await WeftApiPipeline.Build(host.Services)(context);
        return (context.Response.StatusCode, System.Text.Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length));
    }
}
