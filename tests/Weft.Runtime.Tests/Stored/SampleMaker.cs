using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Weft.Language;

namespace Weft.Runtime.Tests.Stored;

/// <summary>Writes a value of a type in which every property says something.</summary>
internal static class SampleMaker
{
    /// <summary>A sample; of an enumeration: all its words.</summary>
    public static JsonNode Make(Type type) => type.IsEnum
        ? new JsonArray([.. Enum.GetValues(type).Cast<object>().Select(word => Word(word))])
        : Record(type, []);

    private static JsonObject Record(Type type, IReadOnlyList<Type> within)
    {
        var sample = new JsonObject();
        if (StoredTypes.KindOf(type) is { } kind)
        {
            sample[kind.Property] = kind.Word;
        }

        foreach (var (property, i) in StoredTypes.InfoOf(type).Properties.Select((p, i) => (p, i)))
        {
            if (Value(property.PropertyType, property.Name, i + 1, [.. within, type]) is { } value)
            {
                sample[property.Name] = value;
            }
            else if (property.IsRequired || (within.Count == 0 && IsRecord(property.PropertyType)))
            {
                sample[property.Name] = Smallest(property.PropertyType);
            }
        }

        return sample;
    }

    /// <summary>The kind that needs the least, without more than that: what ends a record that must hold its like.</summary>
    private static JsonObject Smallest(Type type)
    {
        var kind = StoredTypes.KindsOf(type).MinBy(k => StoredTypes.InfoOf(k).Properties.Count(IsNeeded))!; // A type is a kind of itself.
        var needed = StoredTypes.InfoOf(kind).Properties.Where(IsNeeded).Select(p => p.Name).Append(StoredTypes.KindOf(kind)?.Property);
        var whole = Record(kind, [kind]);
        return new JsonObject(whole.Where(p => needed.Contains(p.Key)).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
    }

    private static bool IsNeeded(JsonPropertyInfo property) =>
        property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false };

    private static bool IsRecord(Type type) => StoredTypes.InfoOf(type).Kind == JsonTypeInfoKind.Object;

    /// <summary>A value; null where it would hold itself.</summary>
    private static JsonNode? Value(Type written, string name, int number, IReadOnlyList<Type> within)
    {
        var type = Nullable.GetUnderlyingType(written) ?? written;
        var info = StoredTypes.InfoOf(type);
        if (Plain(type, name, number) is { } plain)
        {
            return plain;
        }

        return info.Kind switch
        {
            JsonTypeInfoKind.Dictionary => Map(info.ElementType!, name, number, within),
            JsonTypeInfoKind.Enumerable => List(info.ElementType!, name, number, within),
            JsonTypeInfoKind.Object => IsWithin(type, within) ? null : Record(StoredTypes.KindsOf(type).First(), within),
            _ => throw new NotSupportedException($"There is no sample value for {type}. Add one here."),
        };
    }

    private static bool IsWithin(Type type, IReadOnlyList<Type> within) =>
        within.Any(t => StoredTypes.RootOf(t) == StoredTypes.RootOf(type));

    private static JsonObject Map(Type element, string name, int number, IReadOnlyList<Type> within) =>
        Value(element, name, number, within) is { } one ? new JsonObject { [$"{name} key"] = one } : [];

    private static JsonArray List(Type element, string name, int number, IReadOnlyList<Type> within) =>
        Value(element, name, number, within) is { } one ? [one] : [];

    private static JsonNode? Plain(Type type, string name, int number) => type switch
    {
        { IsEnum: true } => Word(Enum.GetValues(type).Cast<object>().Last()),
        _ when type == typeof(string) => $"a {name}: “é”, \"q\" & <t>",
        _ when type == typeof(bool) => true,
        _ when type == typeof(int) || type == typeof(long) => number,
        _ when type == typeof(double) || type == typeof(decimal) => number + 0.25,
        _ when type == typeof(DateTime) || type == typeof(DateTimeOffset) => $"2026-03-04T05:06:{number:D2}.0070000Z",
        _ when type == typeof(TimeSpan) => $"1.02:03:{number:D2}.5000000",
        _ when type == typeof(byte[]) => "AAEC/f7/",
        _ when type == typeof(JsonArray) => JsonNode.Parse("""[1.50,"two",null]"""),
        _ when type == typeof(JsonNode) || type == typeof(JsonObject) || type == typeof(JsonElement) =>
            JsonNode.Parse($$"""{"{{name}}":{"big":12345678901234567890123,"list":[1.50,"two",null,true],"none":{} } }"""),
        _ => null,
    };

    private static JsonNode Word(object word) =>
        JsonSerializer.SerializeToNode(word, word.GetType(), WeftJson.Options)!; // A word is never null.
}
