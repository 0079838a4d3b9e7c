namespace Weft.Agents.Models.Calls;

/// <summary>What a prompt is billed for: the texts that are sent, and what frames them.</summary>
/// <param name="Texts">Contents, calls, tools and the form of the reply.</param>
/// <param name="Overhead">The tokens of roles, separators and images.</param>
internal sealed record PromptText(IReadOnlyList<string> Texts, int Overhead)
{
    /// <summary>Gets the prompt of nothing.</summary>
    public static PromptText Empty { get; } = new([], 0);

    /// <summary>The tokens of it all.</summary>
    /// <param name="tokensOf">The tokens of a text: an estimate or a count.</param>
    public int Tokens(Func<string, int> tokensOf) => (int)Math.Min(int.MaxValue / 4, Texts.Sum(t => (long)tokensOf(t)) + Overhead);
}
