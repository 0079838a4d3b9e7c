using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weft.Language.Expressions.Values;

/// <summary>
/// What an expression works on: a view of a JSON node, or a value that the expression made. Reading a node copies nothing;
/// <see cref="ValueNodes"/> makes a tree that the caller owns.
/// </summary>
/// <remarks>
/// Every string enters through <see cref="FromNode"/> or <see cref="OfData"/>, where the noncharacters that mark secrets are
/// replaced: what a value holds of them later was made by reading <c>env</c>.
/// </remarks>
internal readonly partial struct Value
{
    private readonly object? _ref;
    private readonly long _bits;

    private Value(ValueKind kind, object? reference, long bits)
    {
        Kind = kind;
        _ref = reference;
        _bits = bits;
    }

    public ValueKind Kind { get; }

    public static Value Null { get; } = new(ValueKind.Null, null, 0);

    public static Value True { get; } = new(ValueKind.Boolean, null, 1);

    public static Value False { get; } = new(ValueKind.Boolean, null, 0);

    public static Value EmptyList { get; } = new(ValueKind.Array, new ListValue([]), 0);

    public static Value Of(bool value) => value ? True : False;

    public static Value Of(long value) => new(ValueKind.Integer, null, value);

    public static Value Of(double value) => new(ValueKind.Number, null, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A text that the engine made of parts already cleaned.</summary>
    public static Value Of(string value) => new(ValueKind.String, value, 0);

    /// <summary>A text that comes from outside, such as what a decoder made: it can't forge the mark of a secret.</summary>
    public static Value OfData(string value) => new(ValueKind.String, SecretPlaceholders.Clean(value), 0);

    public static Value Of(MapSource value) => new(ValueKind.Object, value, 0);

    public static Value Of(ListValue value) => new(ValueKind.Array, value, 0);

    public static Value Of(IReadOnlyList<Value> items) => new(ValueKind.Array, new ListValue(items as Value[] ?? [.. items]), 0);

    public static Value Of(UndefinedPath path) => new(ValueKind.Undefined, path, 0);

    public static Value OfNamespace(MapValue members) => new(ValueKind.Namespace, members, 0);

    public static Value FromNode(JsonNode? node) => node switch
    {
        null => Null,
        JsonObject => new Value(ValueKind.Object, node, 0),
        JsonArray => new Value(ValueKind.Array, node, 0),
        JsonValue scalar => FromScalar(scalar),
        _ => Null,
    };

    public static Value FromElement(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => OfData(element.GetString() ?? ""),
        JsonValueKind.True => True,
        JsonValueKind.False => False,
        JsonValueKind.Number => FromNumber(element, null),
        JsonValueKind.Object => new Value(ValueKind.Object, JsonObject.Create(element), 0),
        JsonValueKind.Array => new Value(ValueKind.Array, JsonArray.Create(element), 0),
        _ => Null,
    };

    public bool IsMissing => Kind <= ValueKind.Undefined;

    /// <summary>Gets a value indicating whether this is null or leads nowhere.</summary>
    public bool IsNothing => Kind <= ValueKind.Null;

    public bool IsNumber => Kind is ValueKind.Integer or ValueKind.Number;

    public bool IsText => Kind == ValueKind.String;

    public bool IsList => Kind == ValueKind.Array;

    public bool IsObject => Kind == ValueKind.Object;

    public bool AsBoolean => _bits != 0;

    public long AsInteger => _bits;

    public double AsDouble => Kind == ValueKind.Integer ? _bits : BitConverter.Int64BitsToDouble(_bits);

    public string AsText => (string)_ref!; // only asked of a String, which always holds one

    public UndefinedPath? Undefined => _ref as UndefinedPath;

    public MapValue NamespaceMembers => (MapValue)_ref!; // only asked of a Namespace, which always holds one

    /// <summary>Gets the exact number that a double can't hold, when this came from one.</summary>
    internal JsonValue? ExactNumber => _ref as JsonValue;

    /// <summary>Python's rule: null, false, zero, and whatever is empty or missing are false.</summary>
    public bool IsTruthy => Kind switch
    {
        ValueKind.Boolean or ValueKind.Integer => _bits != 0,
        ValueKind.Number => AsDouble != 0,
        ValueKind.String => AsText.Length > 0,
        ValueKind.Array or ValueKind.Object => Count > 0,
        ValueKind.Namespace => true,
        _ => false,
    };

    public string KindName => Kind switch
    {
        ValueKind.Null => "null",
        ValueKind.Boolean => "a boolean",
        ValueKind.Integer => "a whole number",
        ValueKind.Number => "a number",
        ValueKind.String => "text",
        ValueKind.Array => "a list",
        ValueKind.Object => "an object",
        ValueKind.Namespace => "a namespace",
        _ => "nothing",
    };

    private static Value FromScalar(JsonValue scalar)
    {
        if (scalar.TryGetValue<JsonElement>(out var element))
        {
            return element.ValueKind == JsonValueKind.Number ? FromNumber(element, scalar) : FromElement(element);
        }

        if (scalar.TryGetValue<string>(out var text))
        {
            return OfData(text);
        }

        if (scalar.TryGetValue<bool>(out var flag))
        {
            return Of(flag);
        }

        if (scalar.TryGetValue<long>(out var integer))
        {
            return Of(integer);
        }

        if (scalar.TryGetValue<int>(out var small))
        {
            return Of((long)small);
        }

        if (scalar.TryGetValue<double>(out var number))
        {
            return double.IsFinite(number) ? Of(number) : Null;
        }

        // Anything else a program may wrap (decimal, DateTime, Guid, an enum, a whole object) is what it is on the wire.
        using var document = JsonDocument.Parse(scalar.ToJsonString(WeftJson.Options));
        return document.RootElement.ValueKind == JsonValueKind.Number
            ? FromNumber(document.RootElement, scalar)
            : FromElement(document.RootElement.Clone());
    }

    private static Value FromNumber(JsonElement element, JsonValue? origin)
    {
        if (element.TryGetInt64(out var integer))
        {
            return Of(integer);
        }

        if (!element.TryGetDouble(out var number) || !double.IsFinite(number))
        {
            number = element.GetRawText().StartsWith('-') ? double.MinValue : double.MaxValue;
        }

        var exact = Math.Abs(number) >= 9007199254740992 ? origin : null; // 2^53: beyond it the double is not the number
        return new Value(ValueKind.Number, exact, BitConverter.DoubleToInt64Bits(number));
    }
}
