using System.Text.Json.Nodes;
using Weft.Sandbox.Json;
using Weft.Sandbox.Knowledge;

namespace Weft.Sandbox.Sample;

/// <summary>What fields of certain names usually hold (<c>usual.json</c>), and what the conversation holds under any other.</summary>
internal sealed class UsualValues(Values values)
{
    private static readonly Lazy<Dictionary<string, JsonNode?>> Known = new(() => Embedded.ReadByName<JsonNode?>("scripts/usual"));

    private readonly Wording _wording = new(values.Find);

    /// <summary>The value, or null when nothing is usual. What the conversation holds is for the first item of a list alone.</summary>
    public JsonNode? Find(string name, int index)
    {
        var key = Labels.Key(name);
        return Known.Value.TryGetValue(key, out var template) ? _wording.Fill(template)
            : key.Length > 0 && index == 0 ? values.Find(key)?.DeepClone()
            : null;
    }

    /// <summary>A text for a field of which nothing is known: what the message is about, in a word or two.</summary>
    public string Text(string name, int index)
    {
        if (Labels.Key(name).EndsWith("_id", StringComparison.Ordinal))
        {
            return Digest.Id(Labels.Key(name)[..1] + "_", values.Text("task") + name + index, 8);
        }

        var words = (values.Text("message") ?? string.Empty).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.Trim('.', ',', '!', '?', ':', '"', '#'));
        var topic = string.Join(' ', words.Where(word => word.Length > 4 && word.All(char.IsLetter)).Take(2)
            .Select(word => word.ToLowerInvariant()));
        topic = topic.Length > 0 ? topic : name.Length > 0 ? name.Replace('_', ' ') : "text";
        return index == 0 ? topic : $"{topic} {index + 1}";
    }
}
