using System.Text.Json.Nodes;

namespace Weft.Sandbox.OpenAi;

/// <summary>The tokens that a completion is billed by; those cached are part of the prompt's.</summary>
internal sealed record ChatUsage(int Prompt, int Cached, int Completion)
{
    public JsonObject ToJson() => new()
    {
        ["prompt_tokens"] = Prompt,
        ["completion_tokens"] = Completion,
        ["total_tokens"] = Prompt + Completion,
        ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = Cached, ["audio_tokens"] = 0 },
        ["completion_tokens_details"] = new JsonObject
        {
            ["reasoning_tokens"] = 0,
            ["audio_tokens"] = 0,
            ["accepted_prediction_tokens"] = 0,
            ["rejected_prediction_tokens"] = 0,
        },
    };
}
