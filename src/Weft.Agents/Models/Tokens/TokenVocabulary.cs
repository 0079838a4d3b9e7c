using Weft.Agents.Models.Catalog;

namespace Weft.Agents.Models.Tokens;

/// <summary>The vocabulary that counts for a model, and by how much the model's own may count more.</summary>
/// <param name="Encoding">The name of the encoding.</param>
/// <param name="Margin">From 1: what a count is multiplied by to be on the safe side; 1 where the vocabulary is the model's own.</param>
/// <remarks>
/// OpenAI's models are counted by their own vocabularies. Others publish none: Llama's extends cl100k_base, and Anthropic says that its
/// newest counts up to 1.35 times what its earlier ones did. The margins are such bounds, not measurements, and cl100k_base, the smaller
/// vocabulary, is taken for whatever is not known, for it counts more than o200k_base in every language but few.
/// </remarks>
internal sealed record TokenVocabulary(string Encoding, double Margin)
{
    private static readonly TokenVocabulary O200K = new("o200k_base", 1);
    private static readonly TokenVocabulary Cl100K = new("cl100k_base", 1);
    private static readonly TokenVocabulary Llama = Cl100K with { Margin = 1.15 };
    private static readonly TokenVocabulary Claude = Cl100K with { Margin = 1.35 };
    private static readonly TokenVocabulary Unknown = Cl100K with { Margin = 1.35 };

    // The first that the model's name holds; what begins a family of o200k_base stands before gpt-4, which it holds too.
    private static readonly (string Part, TokenVocabulary Vocabulary)[] Families =
    [
        ("claude", Claude), ("llama", Llama), ("gpt-oss", O200K), ("gpt-4o", O200K), ("gpt-4.1", O200K), ("gpt-4.5", O200K),
        ("gpt-5", O200K), ("gpt-4", Cl100K), ("gpt-3.5", Cl100K), ("gpt-35", Cl100K),
    ];

    private static readonly string[] Reasoning = ["o1", "o3", "o4"];

    /// <summary>The vocabulary of a model.</summary>
    public static TokenVocabulary Of(ModelSpec spec)
    {
        var name = spec.Model[(spec.Model.LastIndexOf('/') + 1)..].ToLowerInvariant();
        foreach (var (part, vocabulary) in Families)
        {
            if (name.Contains(part, StringComparison.Ordinal))
            {
                return vocabulary;
            }
        }

        return Array.Exists(Reasoning, r => name == r || name.StartsWith(r + "-", StringComparison.Ordinal)) ? O200K : Unknown;
    }
}
