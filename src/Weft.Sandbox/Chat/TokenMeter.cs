using System.Text.Json.Nodes;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Chat;

/// <summary>Counts the tokens that requests and replies are billed by.</summary>
/// <remarks>
/// The plain way is four characters a token: close to the services' own counts for English, the same everywhere, and free. Exact counts
/// need the vocabularies, which take 2.5 s and 70 MB to load: too much for <c>weft run --sandbox</c>, which is done in less. So they are
/// asked for (<see cref="SandboxOptions.ExactTokens"/>), and never switched on half-way: a request is billed the same each time.
/// </remarks>
internal sealed class TokenMeter
{
    /// <summary>What a message costs beyond its text, and a tool or a call beyond its own.</summary>
    private const int PerMessage = 4;
    private const int PerTool = 8;
    private const int CharactersPerToken = 4;

    private readonly bool _exact;

    public TokenMeter(bool exact)
    {
        _exact = exact;
        if (exact)
        {
            Vocabulary.Preload();
        }
    }

    public int Of(string model, string text) =>
        _exact ? Vocabulary.Of(model).Count(text) : (text.Length + CharactersPerToken - 1) / CharactersPerToken;

    /// <summary>The beginning of a text that has at most so many tokens.</summary>
    public string Cut(string model, string text, int tokens) =>
        Of(model, text) <= tokens ? text
        : _exact ? Vocabulary.Of(model).Cut(text, tokens)
        : text[..(tokens * CharactersPerToken)];

    public int OfPrompt(ModelRequest request) =>
        request.Turns.Sum(turn => PerMessage + Of(request.Model, turn.AllText())) + OfTools(request) + Of(request.Model, request.Schema);

    /// <summary>What repeats across the turns of a conversation: system text and tools. Caches work on it.</summary>
    public int OfPrefix(ModelRequest request) => Of(request.Model, request.System) + OfTools(request);

    public int OfReply(string model, ModelReply reply) =>
        Math.Max(1, Of(model, reply.Text) + reply.Calls.Sum(call => PerTool + Of(model, call.Name) + Of(model, call.ArgumentsText)));

    private int OfTools(ModelRequest request) =>
        request.Tools.Sum(tool => PerTool + Of(request.Model, $"{tool.Name} {tool.Description}") + Of(request.Model, tool.Schema));

    private int Of(string model, JsonObject? schema) => schema is null ? 0 : Of(model, SandboxJson.Text(schema));
}
