using System.Text.Json.Nodes;
using Weft.Agents.Json;
using Weft.Language.Loading;

namespace Weft.Agents.Tools.Providers.Composio;

/// <summary>What an execution came to. The provider's failure is an answer, with HTTP 200: <see cref="Successful"/> tells.</summary>
internal sealed record ComposioExecution(JsonNode? Data, string? Error, bool Successful, string? LogId)
{
    internal static ComposioExecution Read(JsonObject node)
    {
        var error = node.TryGetPropertyValue("error", out var raw) && raw is not null
            ? raw.Text() ?? raw.Text("message") ?? raw.ToJsonString() : null;
        var successful = node.Flag("successful") ?? node.Flag("successfull") ?? node.Flag("success") ?? string.IsNullOrEmpty(error);
        return new ComposioExecution(
            node["data"]?.DeepClone(), string.IsNullOrEmpty(error) ? null : error, successful, node.Text("log_id"));
    }
}
