namespace Weft.Sandbox;

/// <summary>The keys that the simulators accept: anything that starts with <c>sandbox-</c>. None is a secret, and a real key is refused, so that it is never sent here unnoticed.</summary>
public static class SandboxKeys
{
    public const string Prefix = "sandbox-";
    public const string OpenAi = Prefix + "openai";
    public const string Anthropic = Prefix + "anthropic";
    public const string Composio = Prefix + "composio";

    internal static bool Accepts(string? key) => key is not null && key.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>As the services quote a refused key: a few characters at each end, and nothing between.</summary>
    internal static string Masked(string key) =>
        key.Length <= 12 ? new string('*', key.Length) : string.Concat(key.AsSpan(0, 4), new string('*', 8), key.AsSpan(key.Length - 4));
}
