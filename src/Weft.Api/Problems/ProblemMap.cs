using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Weft.Language;
using Weft.Runtime.Executions;

namespace Weft.Api.Problems;

/// <summary>The problem that answers each failure.</summary>
internal static class ProblemMap
{
    /// <summary>The problem that answers an exception, and its status.</summary>
    public static ProblemBody Of(Exception exception) => exception switch
    {
        ApiException api => Body(api) with { Errors = api.Faults.Count > 0 ? api.Faults : null, Diagnostics = api.Diagnostics },
        InvalidInputException invalid => Body(invalid) with { Errors = invalid.Faults },
        WeftException weft => Body(weft),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => TooLarge(null),
        BadHttpRequestException bad => Body(bad.StatusCode, "bad_request", "The request could not be read. " + Sentence(bad.Message)),
        _ => Body(500, "internal_error", "Something went wrong in the server. The log has it under the trace id."),
    };

    /// <summary>The problem of a bare status, where nothing more is known.</summary>
    public static ProblemBody Of(int status, HttpRequest request) => status switch
    {
        404 => Body(
            404, "route_not_found", $"Nothing answers {request.Method} {request.Path}. The routes are listed under /openapi/v1.json."),
        405 => Body(405, "method_not_allowed", $"{request.Path} does not answer {request.Method}. The Allow header has what it answers."),
        413 => TooLarge(null),
        415 => Body(415, "unsupported_media_type", "The body's content type is not one that this route takes."),
        _ => Body(status, "http_" + status,
            ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase + "." : "The request failed."),
    };

    public static ProblemBody TooLarge(int? limit) => Body(
        413, "body_too_large",
        $"The body is larger than {(limit is { } bytes ? $"the {bytes:N0} bytes" : "what")} this server takes "
        + $"({ApiOptions.Section}:{nameof(ApiOptions.MaxBodyBytes)}).");

    private static ProblemBody Body(WeftException exception) =>
        Body(FaultStatus.Of(exception.Fault.Category), exception.Code, exception.Message);

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
