using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Weft.Sandbox.Faults;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Wire;

/// <summary>What differs between the services beside their payloads: how they know a caller, and how they say that something
/// failed.</summary>
/// <param name="target">The service. <c>services.json</c> has its headers, and what it says of faults.</param>
/// <param name="clock">The clock of what it says of times.</param>
internal abstract class WireDialect(string target, TimeProvider clock)
{
    private static readonly Lazy<JsonObject> Services = new(() => Embedded.Read<JsonObject>("wire/services"));

    public string Target => target;

    /// <summary>The refusal of a caller whose key is missing or wrong; null for one that may pass.</summary>
    public abstract WireError? Refuse(HttpRequest request);

    public abstract WireResponse Error(WireError error);

    /// <summary>Adds the headers that every answer of the service has.</summary>
    public WireResponse Dress(WireResponse response, string requestId)
    {
        var (service, wording) = (Services.Value.Obj(target), Voice(requestId));
        var limited = response.Status == StatusCodes.Status429TooManyRequests ? service.Obj("limited") : null;
        var headers = (service.Obj("headers") ?? []).Select(header =>
            KeyValuePair.Create(header.Key, wording.Text(limited.Get(header.Key) ?? header.Value) ?? string.Empty));
        return response with { Headers = [.. response.Headers, .. headers] };
    }

    /// <summary>The answer that a fault puts in the place of the real one; null for kinds that let the real one through.</summary>
    public virtual WireResponse? Instead(FaultRule fault) => fault.Kind switch
    {
        FaultKind.HtmlError => HtmlPage(fault.Status ?? 502),
        FaultKind.RateLimit or FaultKind.ServerError or FaultKind.Unauthorized or FaultKind.Quota or FaultKind.HttpError =>
            Error(Spoken(fault)),
        _ => null,
    };

    /// <summary>What the service says of a fault, as far as the rule does not say it itself.</summary>
    protected virtual WireError Spoken(FaultRule fault)
    {
        var (faults, kind) = (Services.Value.Obj(target).Obj("faults"), fault.KindName);
        var said = faults.Obj($"{kind}_{fault.Status}") ?? faults.Obj(kind);
        var message = fault.Message ?? Voice(string.Empty).Text(said.Get("message")) ?? "The request could not be processed.";
        var retryAfter = fault.Kind != FaultKind.RateLimit ? fault.RetryAfter
            : fault.RetryAfter switch { null => 1, < 0 => null, var seconds => seconds };
        return new WireError(fault.Status ?? said.Int("status") ?? 400, message)
        {
            Type = said.Str("type"),
            Code = fault.Code ?? said.Str("code"),
            RetryAfterSeconds = retryAfter,
        };
    }

    private Wording Voice(string requestId) => new(name => name switch
    {
        "id" => requestId,
        "reset" => clock.GetUtcNow().AddSeconds(30).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        "tomorrow" => clock.GetUtcNow().AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => null,
    });

    private static WireResponse HtmlPage(int status)
    {
        var title = $"{status} Bad Gateway";
        var body = $"<center><h1>{title}</h1></center>\r\n<hr><center>nginx</center>\r\n";
        return new WireResponse
        {
            Status = status,
            ContentType = "text/html",
            Chunks = [$"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n{body}</body>\r\n</html>\r\n"],
        };
    }
}
