using System.Text.Json.Nodes;

namespace Weft.Language.Expressions.Values;

internal readonly partial struct Value
{
    /// <summary>Gets the number of items, members, or characters (Unicode code points); 0 for anything else.</summary>
    public int Count => Kind switch
    {
        ValueKind.Array => _ref is JsonArray array ? array.Count : ((ListValue)_ref!).Items.Length, // an Array holds one of the two
        ValueKind.Object => _ref is JsonObject json ? CountOf(json) : ((MapSource)_ref!).Count, // an Object holds one of the two
        ValueKind.String => CodePoints.Count(AsText),
        _ => 0,
    };

    /// <summary>How deep the containers that the engine itself made are nested here; the data below them does not count.</summary>
    public int MadeDepth => _ref switch { ListValue list => list.Depth, MapSource map => map.Depth, _ => 0 };

    /// <summary>The item of a list; the index must be within it.</summary>
    public Value ItemAt(int index) => _ref is JsonArray array ? FromNode(array[index]) : ((ListValue)_ref!).Items[index]; // as above

    public bool TryGetMember(string name, out Value member)
    {
        switch (_ref)
        {
            case JsonObject json when TryGetProperty(json, name, out var node):
                member = FromNode(node);
                return true;
            case MapSource map:
                return map.TryGet(name, out member);
            default:
                member = default;
                return false;
        }
    }

    /// <summary>The items of a list; of anything else, none.</summary>
    public Value[] ToItems()
    {
        if (_ref is ListValue list)
        {
            return list.Items;
        }

        if (_ref is not JsonArray array)
        {
            return [];
        }

        var items = new Value[array.Count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = FromNode(array[i]);
        }

        return items;
    }

    /// <summary>The members of an object in document order; of anything else, none.</summary>
    public IEnumerable<KeyValuePair<string, Value>> Members() => _ref switch
    {
        MapSource map => map.Entries,
        JsonObject json => MembersOf(json),
        _ => [],
    };

    public IEnumerable<string> MemberNames() => _ref switch
    {
        MapSource map => map.Names,
        JsonObject json => NamesOf(json),
        _ => [],
    };

    private static IEnumerable<KeyValuePair<string, Value>> MembersOf(JsonObject json)
    {
        CountOf(json);
        foreach (var (name, node) in json)
        {
            yield return new KeyValuePair<string, Value>(SecretPlaceholders.Clean(name), FromNode(node));
        }
    }

    private static IEnumerable<string> NamesOf(JsonObject json)
    {
        CountOf(json);
        foreach (var (name, _) in json)
        {
            yield return SecretPlaceholders.Clean(name);
        }
    }

    private static bool TryGetProperty(JsonObject json, string name, out JsonNode? node)
    {
        try
        {
            return json.TryGetPropertyValue(name, out node);
        }
        catch (ArgumentException exception)
        {
            throw DoubledName(exception);
        }
    }

    private static int CountOf(JsonObject json)
    {
        try
        {
            return json.Count;
        }
        catch (ArgumentException exception)
        {
            throw DoubledName(exception);
        }
    }

    // A parsed object looks at its names only when it is first read; that is where one written twice shows.
    private static ExpressionException DoubledName(ArgumentException exception) =>
        new(TemplateErrorCodes.Type, "An object in the data holds the same name twice; nobody can say which value is meant.", exception);
}
