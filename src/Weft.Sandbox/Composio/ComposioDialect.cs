using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Weft.Sandbox.Faults;
using Weft.Sandbox.Json;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.Composio;

/// <summary>Composio's way to know callers and to report errors.</summary>
internal sealed class ComposioDialect : WireDialect
{
    private const int NoConnection = 1803;

    public override string Target => "composio";

    public override WireError? Refuse(HttpRequest request)
    {
        var key = request.Headers["x-api-key"].ToString();
        return key.Length == 0 ? new WireError(401, "Missing API key") { Code = "10401" }
            : SandboxKeys.Accepts(key) ? null
            : new WireError(401, $"Invalid API key: {SandboxKeys.Masked(key)} (this is a sandbox: its keys start with '{SandboxKeys.Prefix}')") { Code = "10401" };
    }

    /// <summary>A rate limit has its text at the top; everything else is wrapped, and <see cref="WireError.Type"/> is the slug.</summary>
    public override WireResponse Error(WireError error)
    {
        var body = error.Status == 429
            ? new JsonObject { ["message"] = error.Message }
            : new JsonObject { ["error"] = Detail(error) };
        var response = WireResponse.Of(body, error.Status);
        return error.RetryAfterSeconds is { } seconds ? response.With("Retry-After", WireWriter.Seconds(seconds)) : response;
    }

    public override WireResponse Dress(WireResponse response, string requestId) => response with
    {
        Headers =
        [
            .. response.Headers,
            new("x-request-id", requestId),
            new("X-RateLimit", "2000"),
            new("X-RateLimit-Remaining", response.Status == 429 ? "0" : "1987"),
            new("X-RateLimit-Window-Size", "60s"),
        ],
    };

    public override WireResponse? Instead(FaultRule fault) => fault.Kind switch
    {
        FaultKind.ProviderError => ProviderError(fault.Message ?? "500: the provider had an internal error"),
        FaultKind.Quota => ProviderError(fault.Message ?? "429: the provider's quota is exceeded"),
        FaultKind.MalformedJson => WireResponse.Of(new JsonObject()) with { Chunks = ["{\"data\": {\"id\": \"18f0"] },
        FaultKind.SchemaViolation => WireResponse.Of(new JsonObject { ["unexpected"] = true }),
        FaultKind.Empty => WireResponse.Of(new JsonObject()) with { Chunks = [] },
        _ => base.Instead(fault),
    };

    public static WireError NoConnectedAccount(string message) => new(400, message)
    {
        Code = NoConnection.ToString(CultureInfo.InvariantCulture),
        Type = "ActionExecute_ConnectedAccountNotFound",
    };

    protected override WireError RateLimit(FaultRule fault) => new(429, fault.Message ?? "Rate limit exceeded. Limit: 2000 requests per 1 minutes") { RetryAfterSeconds = RetryAfter(fault) };

    protected override WireError ServerError(FaultRule fault) => new(fault.Status ?? 500, fault.Message ?? "Internal server error") { RetryAfterSeconds = fault.RetryAfter };

    protected override WireError Unauthorized(FaultRule fault) => new(401, fault.Message ?? "Invalid API key") { Code = "10401" };

    protected override WireError Quota(FaultRule fault) => new(402, fault.Message ?? "The plan's quota is exceeded");

    private static WireResponse ProviderError(string message) => WireResponse.Of(new JsonObject
    {
        ["data"] = new JsonObject(),
        ["error"] = message,
        ["successful"] = false,
        ["session_info"] = null,
        ["log_id"] = Digest.Id("log_", message, 12),
    });

    private static JsonObject Detail(WireError error)
    {
        var detail = new JsonObject
        {
            ["message"] = error.Message,
            ["code"] = int.TryParse(error.Code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : error.Code is { } word ? word : error.Status,
            ["status"] = error.Status,
            ["request_id"] = Digest.Uuid(error.Message).ToString(),
            ["suggested_fix"] = error.Parameter ?? string.Empty,
            ["errors"] = new JsonArray(),
        };
        if (error.Type is { } slug)
        {
            detail["slug"] = slug;
        }

        return detail;
    }
}
