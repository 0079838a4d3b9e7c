namespace Weft.Sandbox.OpenAi;

/// <summary>What the service lets a model do. Sources: OpenAI's model pages; a name that is not known here may do everything.</summary>
/// <param name="Prefix">The start of the names it holds for.</param>
/// <param name="ContextWindow">In tokens, prompt and answer together.</param>
internal sealed record OpenAiModelTraits(string Prefix, int ContextWindow)
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

    public bool JsonObject { get; init; } = true;
    public bool JsonSchema { get; init; } = true;

    /// <summary>Reasoning models refuse <c>max_tokens</c> and sampling parameters.</summary>
    public bool Reasoning { get; init; }

    public static OpenAiModelTraits Of(string model) =>
        Known.FirstOrDefault(traits => model.StartsWith(traits.Prefix, StringComparison.Ordinal)) ?? Unknown;
}
