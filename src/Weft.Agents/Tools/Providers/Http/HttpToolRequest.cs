using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Weft.Agents.Json;
using Weft.Language;
using Weft.Language.Loading;

namespace Weft.Agents.Tools.Providers.Http;

/// <summary>One request of an HTTP tool, checked: it stays below the tool's base address, whatever the arguments are.</summary>
internal sealed partial record HttpToolRequest(
    string Method, Uri Address, JsonNode? Body, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    private static readonly string[] Methods = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];
    private static readonly string[] Bodiless = ["GET", "HEAD", "OPTIONS"];

    /// <summary>Headers that would change whom the request reaches or how it is read.</summary>
    private static readonly string[] Kept = ["host", "content-length", "transfer-encoding", "connection", "upgrade", "content-type",
        "cookie"];

    /// <summary>Gets the address that requests must stay below.</summary>
    public required Uri Base { get; init; }

    public bool MayFollow => Bodiless.Contains(Method);

    /// <summary>The method that the arguments and settings lead to.</summary>
    public static string MethodOf(HttpToolSettings settings, bool open, JsonObject arguments)
    {
        var given = open ? arguments.Text("method")?.ToUpperInvariant() : null;
        var body = open ? arguments["data"] ?? arguments["body"] : arguments.Count > 0 ? arguments : null;
        return given ?? settings.Method ?? (body is null && settings.Body is null ? "GET" : "POST");
    }

    /// <summary>Builds the request.</summary>
    /// <exception cref="InvalidHttpCallException">It says what is wrong, without the values.</exception>
    public static HttpToolRequest Build(HttpToolSettings settings, bool open, JsonObject arguments, string idempotencyKey)
    {
        if (!Uri.TryCreate(settings.BaseUrl.Trim(), UriKind.Absolute, out var root) || root.Scheme is not ("http" or "https"))
        {
            throw Invalid("config.base_url is no http or https address.");
        }

        var method = MethodOf(settings, open, arguments);
        if (!Methods.Contains(method))
        {
            throw Invalid($"the method is none of {string.Join(", ", Methods)}.");
        }

        var rest = (JsonObject)arguments.DeepClone();
        var endpoint = (open ? Take(rest, "endpoint") ?? Take(rest, "path") : null) ?? settings.Endpoint ?? "";
        endpoint = Place().Replace(endpoint, match => Filled(rest, match.Groups[1].Value));
        var headers = HeadersOf(settings, open ? rest["headers"] as JsonObject : null, method, idempotencyKey);
        var query = ((JsonObject)settings.Query.DeepClone()).ToList();
        JsonNode? body = settings.Body;
        if (open)
        {
            query.AddRange((rest["query"] ?? rest["params"]) as JsonObject ?? []);
            body ??= rest["data"] ?? rest["body"];
            if (Bodiless.Contains(method) && body is JsonObject asQuery)
            {
                query.AddRange(asQuery);
                body = null;
            }
        }
        else if (Bodiless.Contains(method) || method == "DELETE")
        {
            query.AddRange(rest);
        }
        else
        {
            body ??= rest;
        }

        return new HttpToolRequest(method, AddressOf(root, endpoint, query), Bodiless.Contains(method) ? null : body?.DeepClone(),
            headers) { Base = Folder(root) };
    }

    /// <summary>The same request at another address, when that stays below the base address.</summary>
    public HttpToolRequest? At(Uri address) => IsBelow(Base, address) ? this with { Address = address } : null;

    private static Uri AddressOf(Uri root, string endpoint, List<KeyValuePair<string, JsonNode?>> query)
    {
        if (endpoint.Any(char.IsControl))
        {
            throw Invalid("the endpoint holds control characters.");
        }

        var folder = Folder(root);
        var path = endpoint.Trim();
        Uri? address;
        if (path.Length == 0)
        {
            address = root;
        }
        else if (Uri.TryCreate(path, UriKind.Absolute, out var absolute) && absolute.Scheme is "http" or "https")
        {
            address = absolute;
        }
        else if (!Uri.TryCreate(folder.AbsoluteUri + path.TrimStart('/', '\\'), UriKind.Absolute, out address))
        {
            throw Invalid("the endpoint is no path.");
        }

        if (!IsBelow(folder, address) && address != root)
        {
            throw Invalid($"the endpoint leads away from the tool's base address {folder.GetLeftPart(UriPartial.Path)}.");
        }

        var pairs = query.Where(q => q.Value is not null).SelectMany(Pairs).ToList();
        if (pairs.Count == 0)
        {
            return address;
        }

        var builder = new UriBuilder(address);
        builder.Query = string.Join('&', new[] { builder.Query.TrimStart('?') }.Where(q => q.Length > 0).Concat(pairs));
        return builder.Uri;
    }

    /// <summary>Below means: same scheme, host and port, and a path within; dots are resolved by then, written as they may be.</summary>
    private static bool IsBelow(Uri folder, Uri address) =>
        address.Scheme == folder.Scheme && string.Equals(address.Host, folder.Host, StringComparison.OrdinalIgnoreCase)
            && address.Port == folder.Port
        && address.UserInfo == folder.UserInfo
        && (address.AbsolutePath.StartsWith(folder.AbsolutePath, StringComparison.Ordinal)
            || address.AbsolutePath + "/" == folder.AbsolutePath)
        && !address.AbsolutePath.Contains("%2e%2e", StringComparison.OrdinalIgnoreCase);

    private static Uri Folder(Uri root) => root.AbsolutePath.EndsWith('/') && root.Query.Length == 0
        ? root : new Uri(root.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");

    private static IEnumerable<string> Pairs(KeyValuePair<string, JsonNode?> parameter) =>
        (parameter.Value is JsonArray several ? several : [parameter.Value?.DeepClone()])
            .Select(value => value.Text() ?? value?.ToJsonString(WeftJson.Options) ?? "")
            .Select(text => $"{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString(text)}");

    private static List<KeyValuePair<string, string>> HeadersOf(
        HttpToolSettings settings, JsonObject? given, string method, string idempotencyKey)
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var (name, value) in settings.Headers)
        {
            headers.Add(new(name, HeaderValue(name, value)));
        }

        foreach (var (name, value) in given ?? [])
        {
            if (!Kept.Contains(name.ToLowerInvariant())
                && headers.All(h => !string.Equals(h.Key, name, StringComparison.OrdinalIgnoreCase)))
            {
                headers.Add(new(name, HeaderValue(name, value)));
            }
        }

        if (settings.IdempotencyHeader is { } header && !Bodiless.Contains(method)
            && headers.All(h => !string.Equals(h.Key, header, StringComparison.OrdinalIgnoreCase)))
        {
            headers.Add(new(header, idempotencyKey));
        }

        return headers;
    }

    private static string HeaderValue(string name, JsonNode? value)
    {
        var text = value.Text() ?? value?.ToJsonString(WeftJson.Options) ?? "";
        return text.Any(c => c is '\r' or '\n' or '\0') ? throw Invalid($"the header '{name}' holds a line break.") : text.Trim();
    }

    private static string? Take(JsonObject rest, string name)
    {
        var text = rest.Text(name);
        rest.Remove(name);
        return text;
    }

    private static string Filled(JsonObject rest, string name)
    {
        var text = Take(rest, name);
        return string.IsNullOrEmpty(text) ? throw Invalid($"the endpoint needs the argument '{name}'.") : Uri.EscapeDataString(text);
    }

    private static InvalidHttpCallException Invalid(string what) => new(what);

    [GeneratedRegex(@"\{([A-Za-z_][A-Za-z0-9_]*)\}")]
    private static partial Regex Place();
}
