using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Weft.Sandbox.Faults;
using Weft.Sandbox.Json;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.Anthropic;

/// <summary>Anthropic's way to know callers and to report errors.</summary>
internal sealed class AnthropicDialect(TimeProvider clock) : WireDialect("anthropic", clock)
{
    public override WireError? Refuse(HttpRequest request)
    {
        var key = request.Headers["x-api-key"].ToString() is { Length: > 0 } own ? own : SandboxKeys.Bearer(request) ?? string.Empty;
        return key.Length == 0 ? new WireError(401, "x-api-key header is required")
            : !SandboxKeys.Accepts(key) ? new WireError(401, $"invalid x-api-key. {SandboxKeys.Hint}")
            : request.Headers["anthropic-version"].Count == 0 ? new WireError(400, "anthropic-version: header is required")
            : null;
    }

    public override WireResponse Error(WireError error) => WireResponse.Of(
        new JsonObject
        {
            ["type"] = "error",
            ["error"] = new JsonObject { ["type"] = error.Type ?? TypeOf(error.Status), ["message"] = error.Message },
            ["request_id"] = Digest.Id("req_", error.Message),
        },
        error);

    /// <summary>The service has types of errors, and no codes.</summary>
    protected override WireError Spoken(FaultRule fault) => base.Spoken(fault) with { Type = fault.Code };

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
