using SharpToken;

namespace Weft.Sandbox.Chat;

/// <summary>A tokenizer's vocabulary. It is loaded when it is first counted with, once a process.</summary>
internal sealed class Vocabulary
{
    private static readonly Lazy<Vocabulary> O200K = new(() => new Vocabulary("o200k_base"));
    private static readonly Lazy<Vocabulary> Cl100K = new(() => new Vocabulary("cl100k_base"));
    private static readonly string[] OfO200K = ["gpt-4o", "gpt-4.", "gpt-5", "o1", "o3", "o4"];
    private static readonly HashSet<string> None = [];

    private readonly GptEncoding _encoding;

    private Vocabulary(string name) => _encoding = GptEncoding.GetEncoding(name);

    /// <summary>The vocabulary of an OpenAI model. Other services don't publish theirs: cl100k_base stands in for them.</summary>
    public static Vocabulary Of(string model) =>
        (Array.Exists(OfO200K, prefix => model.StartsWith(prefix, StringComparison.Ordinal)) ? O200K : Cl100K).Value;

    /// <summary>Begins to load what the newer models count with, so that the first request waits less.</summary>
    public static void Preload() => ThreadPool.QueueUserWorkItem(_ => O200K.Value.Count(string.Empty));

    public int Count(string text) => Tokens(text).Count;

    public string Cut(string text, int tokens) => _encoding.Decode(Tokens(text).GetRange(0, tokens)).TrimEnd('\uFFFD');

    /// <summary>Marks such as <c>&lt;|endoftext|&gt;</c> are text like any other to the services' APIs.</summary>
    private List<int> Tokens(string text) => _encoding.Encode(text, None, None);
}
