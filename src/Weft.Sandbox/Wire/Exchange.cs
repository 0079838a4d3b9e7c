using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weft.Sandbox.Faults;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Wire;

/// <summary>One request on its way through a simulator.</summary>
internal sealed class Exchange
{
    /// <summary>The largest body read; beyond it the request is answered 413.</summary>
    public const int MaxBodyBytes = 64 * 1024 * 1024;

    private static readonly string[] IdempotencyHeaders = ["Idempotency-Key", "X-Idempotency-Key", "Composio-Idempotency-Key"];

    private Exchange(HttpContext http, string bodyText, JsonNode? body)
    {
        Http = http;
        BodyText = bodyText;
        Body = body;
        Path = http.Request.Path + http.Request.QueryString;
        Model = body.Str("model") ?? http.GetRouteValue("deployment") as string;
        Tool = http.GetRouteValue("tool_slug") as string;
        IdempotencyKey = IdempotencyHeaders.Select(name => http.Request.Headers[name].ToString()).FirstOrDefault(value => value.Length > 0);
    }

    public HttpContext Http { get; }
    public string Path { get; }
    public string BodyText { get; }
    public JsonNode? Body { get; }
    public string? Model { get; set; }
    public string? Tool { get; }
    public string? IdempotencyKey { get; set; }
    public FaultRule? Fault { get; set; }

    /// <summary>What the log says of the request.</summary>
    public JsonObject? Request { get; set; }

    /// <summary>The address by which the caller reached the sandbox.</summary>
    public Uri BaseAddress => new($"{Http.Request.Scheme}://{Http.Request.Host}/");

    public bool HasBody => BodyText.Length > 0;

    public string Route(string name) => Http.GetRouteValue(name) as string ?? string.Empty;

    public string? Query(string name) => Http.Request.Query[name].ToString() is { Length: > 0 } value ? value : null;

    /// <summary>A filter that clients send as repeated keys, as <c>name[]</c>, or as a comma list.</summary>
    public IReadOnlyList<string> QueryList(string name) =>
        [.. Http.Request.Query[name].Concat(Http.Request.Query[name + "[]"])
            .SelectMany(value => (value ?? string.Empty)
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    public static async Task<Exchange> ReadAsync(HttpContext http, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, cancellationToken);
        var text = Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
        return new Exchange(http, text, JsonReading.Parse(text));
    }
}
