using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Weft.Functions.HostTests.Costs;

/// <summary>Stands before the three services of the storage emulator, and notes each request.</summary>
internal sealed partial class StorageProxy : IAsyncDisposable
{
    private static readonly string[] Services = ["Blob", "Queue", "Table"];

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly List<WebApplication> _fronts = [];
    private readonly ConcurrentQueue<StorageOperation> _operations = new();

    /// <summary>Gets the connection string of the proxy.</summary>
    public string ConnectionString { get; private set; } = ""; // StartAsync comes first.

    /// <summary>Gets all that was asked, in the order of the answers.</summary>
    public IReadOnlyList<StorageOperation> Operations => [.. _operations];

    /// <summary>Starts a front for each service that a connection string names.</summary>
    public static async Task<StorageProxy> StartAsync(string connectionString, CancellationToken cancellationToken)
    {
        var proxy = new StorageProxy { ConnectionString = connectionString };
        foreach (var service in Services)
        {
            var endpoint = new Uri(connectionString.Split(';').Single(p => p.StartsWith($"{service}Endpoint=", StringComparison.Ordinal))
                .Split('=', 2)[1]);
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0").ConfigureKestrel(k => k.Limits.MaxRequestBodySize = null);
            var front = builder.Build();
            front.Run(context => proxy.ForwardAsync(service, endpoint, context));
            await front.StartAsync(cancellationToken);
            proxy._fronts.Add(front);
            proxy.ConnectionString =
                proxy.ConnectionString.Replace(endpoint.GetLeftPart(UriPartial.Authority), front.Urls.Single(), StringComparison.Ordinal);
        }

        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var front in _fronts)
        {
            await front.DisposeAsync();
        }

        _client.Dispose();
    }

    private async Task ForwardAsync(string service, Uri endpoint, HttpContext context)
    {
        var sent = await BytesAsync(context.Request.Body, context.RequestAborted);

        // As it came, with its escapes: the signature is over them.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        using var request = new HttpRequestMessage(
            new HttpMethod(context.Request.Method), new Uri(endpoint.GetLeftPart(UriPartial.Authority) + target))
        {
            Content = new ByteArrayContent(sent),
        };
        foreach (var (name, values) in context.Request.Headers.Where(h => h.Key is not ("Host" or "Connection" or "Transfer-Encoding")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                request.Content.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        using var answer = await _client.SendAsync(request, context.RequestAborted);
        var received = await answer.Content.ReadAsByteArrayAsync(context.RequestAborted);
        _operations.Enqueue(Describe(service, request.Method.Method, target, sent, (int)answer.StatusCode, received));
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers)
            .Where(h => h.Key is not ("Connection" or "Transfer-Encoding" or "Keep-Alive" or "Content-Length")))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        if (context.Request.Method == "HEAD" || answer.StatusCode is System.Net.HttpStatusCode.NoContent
            or System.Net.HttpStatusCode.NotModified)
        {
            if (context.Request.Method == "HEAD")
            {
                context.Response.ContentLength = answer.Content.Headers.ContentLength;
            }

            return;
        }

        context.Response.ContentLength = received.Length;
        await context.Response.Body.WriteAsync(received, context.RequestAborted);
    }

    private static StorageOperation Describe(string service, string method, string target, byte[] sent, int status, byte[] received)
    {
        var address = Address().Match(Uri.UnescapeDataString(target));
        var (resource, detail) = (address.Groups["resource"].Value, address.Groups["rest"].Value);
        var body = service == "Table" ? Encoding.UTF8.GetString(sent) : "";
        if (resource == "$batch")
        {
            // What the transaction is about stands in its body: all of one table.
            resource = Table().Match(body).Groups["table"].Value;
            method = "BATCH";
        }

        // An answer of a queue without a message has a root of its own with nothing in it.
        var isEmpty = service == "Queue" && method == "GET" && detail.StartsWith("/messages", StringComparison.Ordinal)
            && !Encoding.UTF8.GetString(received).Contains("<MessageId>", StringComparison.Ordinal);
        var keys = string.Join(' ', Keys().Matches(body).Select(m => m.Groups["key"].Value));
        var keepsLease = service == "Blob" ? detail.Contains("comp=lease", StringComparison.Ordinal)
            : resource.EndsWith("Partitions", StringComparison.Ordinal);
        return new StorageOperation(service, method, resource, $"{detail} {keys}".Trim(), status, isEmpty || keepsLease);
    }

    private static async Task<byte[]> BytesAsync(Stream body, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        await body.CopyToAsync(whole, cancellationToken);
        return whole.ToArray();
    }

    [GeneratedRegex(@"^/devstoreaccount1/?(?<resource>[\w$-]*)(?<rest>.*)$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"/devstoreaccount1/(?<table>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Table();

    [GeneratedRegex(@"""(PartitionKey|RowKey)"":""(?<key>[^""]*)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Keys();
}
