using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.OpenAi;

/// <summary>OpenAI's way to know callers and to report errors.</summary>
/// <param name="needsKey">False for a local server such as Ollama, which takes any caller.</param>
/// <param name="clock">The sandbox's clock.</param>
internal sealed class OpenAiDialect(bool needsKey, TimeProvider clock) : WireDialect("openai", clock)
{
    private const string NoKey = "You didn't provide an API key. You need to provide your API key in an Authorization header "
        + "using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).";

    public override WireError? Refuse(HttpRequest request)
    {
        var key = SandboxKeys.Bearer(request) ?? request.Headers["api-key"].ToString();
        var fault = key.Length == 0 ? NoKey : $"Incorrect API key provided: {SandboxKeys.Masked(key)}. {SandboxKeys.Hint}";
        var code = key.Length == 0 ? null : "invalid_api_key";
        return !needsKey || SandboxKeys.Accepts(key) ? null : new WireError(401, fault) { Type = "invalid_request_error", Code = code };
    }

    public override WireResponse Error(WireError error) => WireResponse.Of(
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
        error);

    private static string TypeOf(int status) => status switch
    {
        429 => "requests",
        503 => "service_unavailable_error",
        >= 500 => "server_error",
        _ => "invalid_request_error",
    };
}
