namespace Weft.Sandbox.OpenAi;

/// <summary>What the service lets a model do. Sources: OpenAI's model pages; a name that is not known here may do everything.</summary>
/// <param name="Prefix">The start of the names it holds for.</param>
/// <param name="ContextWindow">In tokens, prompt and answer together.</param>
internal sealed record OpenAiModelTraits(string Prefix, int ContextWindow)
{
    public bool JsonObject { get; init; } = true;
    public bool JsonSchema { get; init; } = true;

    /// <summary>Reasoning models refuse <c>max_tokens</c> and sampling parameters.</summary>
    public bool Reasoning { get; init; }
}

internal static class OpenAiModels
{
    private static readonly OpenAiModelTraits Unknown = new(string.Empty, 2_000_000);

    /// <summary>The first entry whose prefix fits decides, so longer prefixes come first.</summary>
    private static readonly OpenAiModelTraits[] Known =
    [
        new("gpt-3.5-turbo", 16_385) { JsonSchema = false },
        new("gpt-4-turbo", 128_000) { JsonSchema = false },
        new("gpt-4o", 128_000),
        new("gpt-4.", 1_047_576),
        new("gpt-4", 8_192) { JsonSchema = false, JsonObject = false },
        new("gpt-5", 272_000) { Reasoning = true },
        new("o1", 200_000) { Reasoning = true },
        new("o3", 200_000) { Reasoning = true },
        new("o4", 200_000) { Reasoning = true },
    ];

    public static readonly string[] Listed =
    [
        "gpt-3.5-turbo", "gpt-4", "gpt-4-turbo", "gpt-4o", "gpt-4o-mini", "gpt-4.1", "gpt-4.1-mini", "gpt-4.1-nano",
        "gpt-5", "gpt-5-mini", "gpt-5-nano", "gpt-5.5", "o3", "o4-mini", "text-embedding-3-small", "text-embedding-3-large",
    ];

    public static OpenAiModelTraits TraitsOf(string model) =>
        Known.FirstOrDefault(traits => model.StartsWith(traits.Prefix, StringComparison.Ordinal)) ?? Unknown;
}
