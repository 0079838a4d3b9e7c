using System.Text.Json;
using Weft.Language;

namespace Weft.Embedded.Replay;

/// <summary>The tags of an instance, as they are stored.</summary>
internal sealed record StoredTags(IReadOnlyDictionary<string, string> Values, string? Json)
{
    public static StoredTags None { get; } = new(new Dictionary<string, string>(), null);

    public static StoredTags Of(IReadOnlyDictionary<string, string> tags)
    {
        foreach (var (name, value) in tags)
        {
            Names.Name(name, "tag");
            Names.Name(value, $"tag '{name}', as its value,");
        }

        return tags.Count == 0 ? None : new StoredTags(tags, JsonSerializer.Serialize(tags, WeftJson.Options));
    }
}
