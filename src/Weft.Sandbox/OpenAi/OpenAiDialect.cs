using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Weft.Sandbox.Faults;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.OpenAi;

/// <summary>OpenAI's way to know callers and to report errors.</summary>
/// <param name="needsKey">False for a local server such as Ollama, which takes any caller.</param>
internal sealed class OpenAiDialect(bool needsKey) : WireDialect
{
    public override string Target => "openai";

    public override WireError? Refuse(HttpRequest request)
    {
        if (!needsKey)
        {
            return null;
        }

        var bearer = request.Headers.Authorization.ToString();
        var key = bearer.StartsWith("Bearer ", StringComparison.Ordinal) ? bearer[7..].Trim() : request.Headers["api-key"].ToString();
        return key.Length == 0
            ? new WireError(401, "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).") { Type = "invalid_request_error" }
            : SandboxKeys.Accepts(key)
                ? null
                : new WireError(401, $"Incorrect API key provided: {SandboxKeys.Masked(key)}. This is a sandbox: its keys start with '{SandboxKeys.Prefix}'.") { Type = "invalid_request_error", Code = "invalid_api_key" };
    }

    public override WireResponse Error(WireError error)
    {
        var response = WireResponse.Of(
            new JsonObject
            {
                ["error"] = new JsonObject
                {
                    ["message"] = error.Message,
                    ["type"] = error.Type ?? TypeOf(error.Status),
                    ["param"] = error.Parameter,
                    ["code"] = error.Code,
                },
            },
            error.Status);
        return error.RetryAfterSeconds is { } seconds ? response.With("Retry-After", WireWriter.Seconds(seconds)) : response;
    }

    public override WireResponse Dress(WireResponse response, string requestId) => response with
    {
        Headers =
        [
            .. response.Headers,
            new("x-request-id", requestId),
            new("openai-version", "2020-10-01"),
            new("x-ratelimit-limit-requests", "10000"),
            new("x-ratelimit-remaining-requests", response.Status == 429 ? "0" : "9999"),
            new("x-ratelimit-reset-requests", "6ms"),
            new("x-ratelimit-limit-tokens", "2000000"),
            new("x-ratelimit-remaining-tokens", response.Status == 429 ? "0" : "1999000"),
            new("x-ratelimit-reset-tokens", "30ms"),
        ],
    };

    protected override WireError RateLimit(FaultRule fault) => new(429, fault.Message ?? "Rate limit reached for requests. Please try again later.")
    {
        Type = "requests",
        Code = "rate_limit_exceeded",
        RetryAfterSeconds = RetryAfter(fault),
    };

    protected override WireError ServerError(FaultRule fault) => new(fault.Status ?? 500, fault.Message ?? "The server had an error while processing your request. Sorry about that!")
    {
        Code = fault.Status == 503 ? "server_is_overloaded" : null,
        RetryAfterSeconds = fault.RetryAfter,
    };

    protected override WireError Unauthorized(FaultRule fault) => new(401, fault.Message ?? "Incorrect API key provided.")
    {
        Type = "invalid_request_error",
        Code = "invalid_api_key",
    };

    protected override WireError Quota(FaultRule fault) => new(429, fault.Message ?? "You exceeded your current quota, please check your plan and billing details.")
    {
        Type = "insufficient_quota",
        Code = fault.Code ?? "insufficient_quota",
    };

    private static string TypeOf(int status) => status switch
    {
        429 => "requests",
        503 => "service_unavailable_error",
        >= 500 => "server_error",
        _ => "invalid_request_error",
    };
}
