using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Weft.Sandbox.Faults;
using Weft.Sandbox.Json;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.Composio;

/// <summary>Composio's way to know callers and to report errors.</summary>
internal sealed class ComposioDialect(TimeProvider clock) : WireDialect("composio", clock)
{
    public override WireError? Refuse(HttpRequest request)
    {
        var key = request.Headers["x-api-key"].ToString();
        var fault = key.Length == 0 ? "Missing API key" : $"Invalid API key: {SandboxKeys.Masked(key)}. {SandboxKeys.Hint}";
        return SandboxKeys.Accepts(key) ? null : new WireError(401, fault) { Code = "10401" };
    }

    /// <summary>A rate limit has its text at the top; everything else is wrapped, and <see cref="WireError.Type"/> is the slug.</summary>
    public override WireResponse Error(WireError error)
    {
        var isLimit = error.Status == StatusCodes.Status429TooManyRequests;
        var body = isLimit ? new JsonObject { ["message"] = error.Message } : new JsonObject { ["error"] = Detail(error) };
        return WireResponse.Of(body, error);
    }

    public override WireResponse? Instead(FaultRule fault) => fault.Kind switch
    {
        FaultKind.ProviderError => ProviderError(fault.Message ?? "500: the provider had an internal error"),
        FaultKind.Quota => ProviderError(fault.Message ?? "429: the provider's quota is exceeded"),
        FaultKind.MalformedJson => WireResponse.Of(new JsonObject()) with { Chunks = ["{\"data\": {\"id\": \"18f0"] },
        FaultKind.SchemaViolation => WireResponse.Of(new JsonObject { ["unexpected"] = true }),
        FaultKind.Empty => WireResponse.Of(new JsonObject()) with { Chunks = [] },
        _ => base.Instead(fault),
    };

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
        var isNumber = int.TryParse(error.Code, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        var detail = new JsonObject
        {
            ["message"] = error.Message,
            ["code"] = isNumber ? number : error.Code is { } word ? word : error.Status,
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
