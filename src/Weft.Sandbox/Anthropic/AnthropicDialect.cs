using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Weft.Sandbox.Faults;
using Weft.Sandbox.Json;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.Anthropic;

/// <summary>Anthropic's way to know callers and to report errors.</summary>
internal sealed class AnthropicDialect(TimeProvider clock) : WireDialect
{
    public override string Target => "anthropic";

    public override WireError? Refuse(HttpRequest request)
    {
        var bearer = request.Headers.Authorization.ToString();
        var key = request.Headers["x-api-key"].ToString() is { Length: > 0 } own ? own
            : bearer.StartsWith("Bearer ", StringComparison.Ordinal) ? bearer[7..].Trim() : string.Empty;
        return key.Length == 0 ? new WireError(401, "x-api-key header is required")
            : !SandboxKeys.Accepts(key) ? new WireError(401, $"invalid x-api-key (this is a sandbox: its keys start with '{SandboxKeys.Prefix}')")
            : request.Headers["anthropic-version"].Count == 0 ? new WireError(400, "anthropic-version: header is required")
            : null;
    }

    public override WireResponse Error(WireError error)
    {
        var response = WireResponse.Of(
            new JsonObject
            {
                ["type"] = "error",
                ["error"] = new JsonObject { ["type"] = error.Type ?? TypeOf(error.Status), ["message"] = error.Message },
                ["request_id"] = Digest.Id("req_", error.Message),
            },
            error.Status);
        return error.RetryAfterSeconds is { } seconds ? response.With("retry-after", WireWriter.Seconds(seconds)) : response;
    }

    public override WireResponse Dress(WireResponse response, string requestId)
    {
        var reset = clock.GetUtcNow().AddSeconds(30).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var left = response.Status == 429 ? "0" : "3999";
        return response with
        {
            Headers =
            [
                .. response.Headers,
                new("request-id", requestId),
                new("anthropic-ratelimit-requests-limit", "4000"),
                new("anthropic-ratelimit-requests-remaining", left),
                new("anthropic-ratelimit-requests-reset", reset),
                new("anthropic-ratelimit-input-tokens-limit", "2000000"),
                new("anthropic-ratelimit-input-tokens-remaining", response.Status == 429 ? "0" : "1999000"),
                new("anthropic-ratelimit-input-tokens-reset", reset),
                new("anthropic-ratelimit-output-tokens-limit", "400000"),
                new("anthropic-ratelimit-output-tokens-remaining", response.Status == 429 ? "0" : "399000"),
                new("anthropic-ratelimit-output-tokens-reset", reset),
            ],
        };
    }

    public override WireResponse? Instead(FaultRule fault) => fault.Kind == FaultKind.HttpError && fault.Code is { } type
        ? Error(new WireError(fault.Status ?? 400, fault.Message ?? "The request could not be processed.") { Type = type, RetryAfterSeconds = fault.RetryAfter })
        : base.Instead(fault);

    protected override WireError RateLimit(FaultRule fault) => new(429, fault.Message ?? "This request would exceed the rate limit for your organization.")
    {
        RetryAfterSeconds = RetryAfter(fault),
    };

    protected override WireError ServerError(FaultRule fault) => new(fault.Status ?? 500, fault.Message ?? (fault.Status == 529 ? "Overloaded" : "Internal server error"))
    {
        RetryAfterSeconds = fault.RetryAfter,
    };

    protected override WireError Unauthorized(FaultRule fault) => new(401, fault.Message ?? "invalid x-api-key");

    protected override WireError Quota(FaultRule fault) => new(fault.Status ?? 400, fault.Message ?? $"You have reached your specified API usage limits. You will regain access on {clock.GetUtcNow().AddDays(1):yyyy-MM-dd} at 00:00 UTC.");

    private static string TypeOf(int status) => status switch
    {
        401 => "authentication_error",
        402 => "billing_error",
        403 => "permission_error",
        404 => "not_found_error",
        409 => "conflict_error",
        413 => "request_too_large",
        429 => "rate_limit_error",
        504 => "timeout_error",
        529 => "overloaded_error",
        >= 500 => "api_error",
        _ => "invalid_request_error",
    };
}
