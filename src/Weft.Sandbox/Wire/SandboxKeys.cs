using Microsoft.AspNetCore.Http;

namespace Weft.Sandbox.Wire;

/// <summary>The keys that the simulators accept: anything that starts with <c>sandbox-</c>. None is a secret, and a real key is refused,
/// so that it is never sent here unnoticed.</summary>
public static class SandboxKeys
{
    /// <summary>What every key of a sandbox starts with.</summary>
    public const string Prefix = "sandbox-";

    /// <summary>A key for OpenAI and the services that are compatible with it.</summary>
    public const string OpenAi = Prefix + "openai";

    /// <summary>A key for Anthropic.</summary>
    public const string Anthropic = Prefix + "anthropic";

    /// <summary>A key for Composio.</summary>
    public const string Composio = Prefix + "composio";

    /// <summary>What a refusal says besides the service's own words.</summary>
    internal const string Hint = "This is a sandbox: its keys start with '" + Prefix + "'.";

    internal static bool Accepts(string key) => key.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The key behind <c>Bearer</c>, or null without one.</summary>
    internal static string? Bearer(HttpRequest request) =>
        request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var key] ? key.Trim() : null;

    /// <summary>As the services quote a refused key: a few characters at each end, and nothing between.</summary>
    internal static string Masked(string key) =>
        key.Length <= 12 ? new string('*', key.Length) : string.Concat(key.AsSpan(0, 4), new string('*', 8), key.AsSpan(key.Length - 4));
}
