using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Weft.Language;
using Weft.Runtime.Executions;

namespace Weft.Api.Problems;

/// <summary>Which status answers which code.</summary>
internal static class ProblemMap
{
    private static readonly Dictionary<string, int> Statuses = new(StringComparer.Ordinal)
    {
        ["workflow_not_found"] = 404,
        ["execution_not_found"] = 404,
        ["instance_not_found"] = 404,
        ["agent_not_found"] = 404,
        ["unknown_tool"] = 404,
        ["unknown_app"] = 404,
        ["connection_not_found"] = 404,
        ["execution_ended"] = 409,
        ["execution_running"] = 409,
        ["idempotency_key_reused"] = 409,
        ["record_contended"] = 409,
        ["definition_missing"] = 409,
        ["invalid_cursor"] = 400,
        ["invalid_row_key"] = 400,
        ["invalid_instance_id"] = 400,
        ["payload_too_large"] = 413,
        ["invalid_input"] = 422,
        ["unknown_agent"] = 422,
        ["unknown_node"] = 422,
        ["unknown_period"] = 400,
        ["schedule_not_found"] = 404,
        ["schedule_of_workflow"] = 409,
        ["unknown_queue"] = 404,
        ["message_not_found"] = 404,
        ["lock_lost"] = 409,
        ["queue_has_reader"] = 409,
        ["invalid_message"] = 422,
        ["message_too_large"] = 413,
        ["invalid_schedule"] = 422,
        ["invalid_cron"] = 422,
        ["unknown_time_zone"] = 422,
        ["hook_not_found"] = 404,
        ["hook_not_signed"] = 401,
        ["hook_not_configured"] = 503,
        ["invalid_hook_payload"] = 400,
        ["secret_not_set"] = 503,
        ["unknown_profile"] = 422,
        ["unknown_capability"] = 422,
        ["invalid_memory_request"] = 422,
        ["invalid_document"] = 422,
        ["invalid_batch"] = 422,
        ["invalid_connection"] = 422,
        ["auth_config_missing"] = 409,
        ["composio_not_configured"] = 503,
        ["composio_unauthorized"] = 502,
        ["composio_forbidden"] = 502,
        ["composio_bad_request"] = 422,
        ["composio_not_connected"] = 409,
        ["composio_not_found"] = 404,
        ["composio_gone"] = 502,
        ["composio_conflict"] = 409,
        ["composio_rate_limited"] = 429,
        ["composio_not_implemented"] = 501,
        ["composio_server"] = 502,
        ["composio_network"] = 502,
        ["composio_timeout"] = 504,
        ["composio_bad_reply"] = 502,
    };

    /// <summary>The problem that answers an exception, and its status.</summary>
    public static ProblemBody Of(Exception exception) => exception switch
    {
        ApiException api => Body(api.Status, api.Code, api.Message) with { Errors = api.Faults.Count > 0 ? api.Faults : null, Diagnostics = api.Diagnostics },
        InvalidInputException invalid => Body(StatusOf(invalid.Code), invalid.Code, invalid.Message) with { Errors = invalid.Faults },
        WeftException weft => Body(StatusOf(weft.Code), weft.Code, weft.Message),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => TooLarge(null),
        BadHttpRequestException bad => Body(bad.StatusCode, "bad_request", "The request could not be read. " + Sentence(bad.Message)),
        _ => Body(500, "internal_error", "Something went wrong in the server. The log has it under the trace id."),
    };

    /// <summary>The problem of a bare status, where nothing more is known.</summary>
    public static ProblemBody Of(int status, HttpRequest request) => status switch
    {
        404 => Body(404, "route_not_found", $"Nothing answers {request.Method} {request.Path}. The routes are listed under /openapi/v1.json."),
        405 => Body(405, "method_not_allowed", $"{request.Path} does not answer {request.Method}. The Allow header has what it answers."),
        413 => TooLarge(null),
        415 => Body(415, "unsupported_media_type", "The body's content type is not one that this route takes."),
        _ => Body(status, "http_" + status, ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase + "." : "The request failed."),
    };

    public static ProblemBody TooLarge(int? limit) => Body(
        413, "body_too_large", $"The body is larger than {(limit is { } bytes ? $"the {bytes:N0} bytes" : "what")} this server takes ({ApiOptions.Section}:{nameof(ApiOptions.MaxBodyBytes)}).");

    public static int StatusOf(string code) => Statuses.GetValueOrDefault(code, 500);

    private static ProblemBody Body(int status, string code, string detail) => new()
    {
        Type = "urn:weft:problem:" + code,
        Title = ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } title ? title : "Error",
        Status = status,
        Detail = detail,
        Code = code,
    };

    private static string Sentence(string text) => text.EndsWith('.') ? text : text + ".";
}
