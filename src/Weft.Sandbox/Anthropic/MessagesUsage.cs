using System.Text.Json.Nodes;

namespace Weft.Sandbox.Anthropic;

/// <summary>The tokens that a message is billed by: the prompt's that no cache holds, those that went into it, those that came from it,
/// and the reply's.</summary>
internal sealed record MessagesUsage(int Input, int CacheWritten, int CacheRead, int Output)
{
    public JsonObject ToJson() => new()
    {
        ["input_tokens"] = Math.Max(1, Input),
        ["cache_creation_input_tokens"] = CacheWritten,
        ["cache_read_input_tokens"] = CacheRead,
        ["output_tokens"] = Output,
        ["service_tier"] = "standard",
    };
}
