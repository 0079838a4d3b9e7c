using System.Text.Json.Nodes;
using Weft.Sandbox.Chat;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Knowledge;

/// <summary>The values of a conversation: in answers of tools, in JSON and <c>Name: value</c> lines, and in the user's words.</summary>
/// <remarks><c>values.json</c> says where the usual ones are found; any other is looked for under its own name.</remarks>
internal sealed class Values
{
    private static readonly Lazy<Dictionary<string, ValueSource>> Sources = new(() => Embedded.ReadByName<ValueSource>("scripts/values"));

    private readonly Dictionary<string, JsonNode?> _set = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<MadeCall> _made;
    private readonly List<JsonNode> _quoted;
    private readonly Dictionary<string, string> _labelled = new(StringComparer.Ordinal);
    private readonly string _said;

    public Values(ModelRequest request, IReadOnlyList<MadeCall> made)
    {
        _made = made;
        var said = request.Said.ToList();
        _said = string.Join("\n\n", said);
        var parts = said.Select(JsonFragments.Split).ToList();
        var nodes = parts.SelectMany(part => part).Select(part => part.Node).OfType<JsonNode>();
        _quoted = [.. nodes.Where(node => !SchemaDocument.IsSchema(node)).Reverse()];
        foreach (var text in said)
        {
            foreach (var (name, value) in Labels.In(text))
            {
                _labelled.TryAdd(name, value);
            }
        }

        Set("task", said.FirstOrDefault() ?? string.Empty);
        var answered = request.Turns.ToList().FindLastIndex(turn => turn.Speaker == Speaker.Assistant);
        var heard = request.Turns.Skip(answered + 1).FirstOrDefault(turn => turn.Speaker == Speaker.User)?.Text.Trim();
        Set("heard", heard);
        var reports = JsonFragments.In(heard ?? string.Empty).Select(report => report.Str("answer") ?? report.Str("text")).OfType<string>();
        Set("reports", string.Join(' ', reports) is { Length: > 0 } told ? told : null);
        var words = Labels.Without(parts.FirstOrDefault() ?? []);
        Set("message", Look("message", Sources.Value["message"]) ?? (words.Length > 0 ? words : Find("task")));
        Set("gist", Digest.Clip(Text("message")?.ReplaceLineEndings(" "), 120));
    }

    /// <summary>The names under which values are known that no text holds: those that the rest of the sandbox works out.</summary>
    public void Set(string name, JsonNode? value) => _set[name] = value;

    public string? Text(string name) => Find(name) switch
    {
        null => null,
        JsonValue value => value.AsScalarText(),
        var node => SandboxJson.Text(node),
    };

    public JsonNode? Find(string name)
    {
        name = Labels.Key(name);
        if (!_set.TryGetValue(name, out var value))
        {
            _set[name] = value = Sources.Value.TryGetValue(name, out var source) ? Look(name, source) : Answered(name) ?? Given(name);
        }

        return value;
    }

    /// <summary>What the answers of tools hold under names of certain endings: ids, links, numbers of parcels.</summary>
    public JsonObject Facts(params IReadOnlyList<string> endings)
    {
        var facts = _made.SelectMany(call => call.Result.Properties()).Where(property => property.Value.AsScalarText() is { Length: > 0 }
            && endings.Any(ending => property.Key.EndsWith(ending, StringComparison.Ordinal)));
        return new(facts.DistinctBy(fact => fact.Key).Select(fact => KeyValuePair.Create(fact.Key, fact.Value?.DeepClone())));
    }

    /// <summary>What the user gave goes before what he wrote, and that before what tools say.</summary>
    private JsonNode? Look(string name, ValueSource source) => source.Choose is { } choices
        ? Topics.Choose(choices, Text("message") ?? string.Empty).Value
        : First(source.Names, Given) ?? (name == "message" ? null : source.In(Text("message"))) ?? source.In(_said)
            ?? First(source.Names, Answered);

    private static JsonNode? First(IReadOnlyList<string> names, Func<string, JsonNode?> find) =>
        names.Select(find).OfType<JsonValue>().FirstOrDefault();

    private JsonNode? Answered(string name) => _made.Reverse().Select(call => Under(name, call.Result)).OfType<JsonNode>().FirstOrDefault();

    private JsonNode? Given(string name) =>
        _quoted.Select(node => Under(name, node)).OfType<JsonNode>().FirstOrDefault()
        ?? (_labelled.TryGetValue(name, out var text) ? text : null);

    /// <summary>What a document holds under a name, however that is spelled; an empty text is nothing.</summary>
    private static JsonNode? Under(string name, JsonNode? document) => document.Properties()
        .FirstOrDefault(property => Labels.Key(property.Key) == name && property.Value is not null && property.Value.AsText() != "").Value;
}
