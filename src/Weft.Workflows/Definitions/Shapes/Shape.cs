using System.Collections.Frozen;

namespace Weft.Workflows.Definitions.Shapes;

/// <summary>What may stand at a place of a definition. The shapes are the language: files are checked against them, and the JSON Schemas are made of them.</summary>
internal abstract class Shape
{
    /// <summary>Gets what is expected, for messages: <c>a whole number</c>.</summary>
    public abstract string Expected { get; }
}

/// <summary>Anything, as it is.</summary>
internal sealed class AnyShape : Shape
{
    public override string Expected => "any value";
}

/// <summary>Any value whose texts are templates.</summary>
internal sealed class DataShape : Shape
{
    public override string Expected => "any value";
}

/// <summary>What a text must be.</summary>
internal enum TextKind
{
    /// <summary>Any text; a number is taken as written.</summary>
    Plain,

    /// <summary>A name of letters, digits, <c>_</c> and <c>-</c>.</summary>
    Id,

    /// <summary>A template.</summary>
    Template,

    /// <summary>A template, or an expression without braces.</summary>
    Expression,

    /// <summary>A duration such as <c>90s</c> or <c>1h30m</c>; a bare number counts seconds.</summary>
    Duration,

    /// <summary>A duration or a template of one.</summary>
    DurationTemplate,

    /// <summary>A time stamp by RFC 3339.</summary>
    Time,

    /// <summary>When a schedule fires.</summary>
    Cron,
}

/// <summary>A text.</summary>
internal sealed class TextShape(TextKind kind = TextKind.Plain) : Shape
{
    public TextKind Kind { get; } = kind;

    public override string Expected => Kind switch
    {
        TextKind.Duration or TextKind.DurationTemplate => "a duration such as 30s or 1h30m",
        TextKind.Time => "a time such as 2030-01-31T08:00:00Z",
        TextKind.Id => "a name",
        _ => "text",
    };
}

/// <summary>A number.</summary>
internal sealed class NumberShape(double min, double max, bool whole) : Shape
{
    public double Min { get; } = min;

    public double Max { get; } = max;

    public bool Whole { get; } = whole;

    public override string Expected => Whole ? "a whole number" : "a number";

    public string Range => double.IsPositiveInfinity(Max) ? $"{Min:0.##} or more" : $"from {Min:0.##} to {Max:#,0.##}";
}

/// <summary>True or false.</summary>
internal sealed class BoolShape : Shape
{
    public override string Expected => "true or false";
}

/// <summary>One of some words.</summary>
internal sealed class WordShape(params string[] words) : Shape
{
    public IReadOnlyList<string> Words { get; } = words;

    public override string Expected => $"one of {string.Join(", ", Words)}";
}

/// <summary>A list.</summary>
internal sealed class ListShape(Shape item, bool orOne = false, bool filled = false) : Shape
{
    public Shape Item { get; } = item;

    /// <summary>Gets a value indicating whether a single item may stand for a list of one.</summary>
    public bool OrOne { get; } = orOne;

    /// <summary>Gets a value indicating whether it needs at least one item.</summary>
    public bool Filled { get; } = filled;

    public override string Expected => OrOne ? $"a list, or {Item.Expected}" : "a list";
}

/// <summary>A mapping with keys of the author's choice.</summary>
/// <param name="value">What stands behind each.</param>
/// <param name="settings">The keys that have an effect, where the mapping is one of settings; null: all have.</param>
internal sealed class MapShape(Shape value, IReadOnlyList<string>? settings = null) : Shape
{
    public Shape Value { get; } = value;

    public IReadOnlyList<string>? Settings { get; } = settings;

    public override string Expected => "a mapping";
}

/// <summary>A JSON Schema, or the id of one of the file's schemas.</summary>
internal sealed class SchemaShape : Shape
{
    public override string Expected => "a JSON Schema, or the id of one";
}

/// <summary>A condition: a text, <c>{type, expression}</c>, true or false.</summary>
internal sealed class ConditionShape(string textType) : Shape
{
    /// <summary>Gets the type of a condition that is a bare text without <c>{{</c>.</summary>
    public string TextType { get; } = textType;

    public override string Expected => "a condition: a text, or {type, expression}";
}

/// <summary>One of several shapes; the kind of value decides which.</summary>
internal sealed class ChoiceShape(params Shape[] choices) : Shape
{
    public IReadOnlyList<Shape> Choices { get; } = choices;

    public override string Expected => string.Join(", or ", Choices.Select(c => c.Expected));
}

/// <summary>A key of a mapping.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">What stands behind it.</param>
/// <param name="Doc">What it is for, in a sentence.</param>
internal sealed record Key(string Name, Shape Shape, string Doc)
{
    public bool Required { get; init; }

    /// <summary>Gets other spellings of the same key.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    /// <summary>Gets the default, for people.</summary>
    public string? Default { get; init; }

    /// <summary>Gets why the key has no effect; null: it has one.</summary>
    public string? Idle { get; init; }
}

/// <summary>A mapping with known keys.</summary>
/// <param name="name">Its name in the JSON Schema.</param>
/// <param name="title">What it is called in messages, with its article: <c>a node</c>.</param>
/// <param name="keys">Its keys; asked for once, at first use, so that shapes can hold themselves.</param>
internal sealed class ObjectShape(string name, string title, Func<IEnumerable<Key>> keys) : Shape
{
    private readonly Lazy<IReadOnlyList<Key>> _keys = new(() => [.. keys()]);
    private FrozenDictionary<string, Key>? _spellings;

    public string Name { get; } = name;

    public string Title { get; } = title;

    public IReadOnlyList<Key> Keys => _keys.Value;

    /// <summary>Gets every spelling of every key.</summary>
    public FrozenDictionary<string, Key> Spellings => _spellings ??= Keys
        .SelectMany(k => k.Also.Prepend(k.Name).Select(n => KeyValuePair.Create(n, k)))
        .ToFrozenDictionary();

    /// <summary>Gets hints for keys that are not known here: key → what to do instead.</summary>
    public IReadOnlyDictionary<string, string> Hints { get; init; } = new Dictionary<string, string>();

    public override string Expected => $"a mapping ({Title})";
}

/// <summary>A mapping whose keys depend on one of them.</summary>
/// <param name="name">Its name in the JSON Schema.</param>
/// <param name="title">What it is called in messages.</param>
/// <param name="discriminator">The key that decides.</param>
/// <param name="fallback">The variant when the key is absent.</param>
/// <param name="variants">The shapes by the key's value.</param>
internal sealed class VariantShape(string name, string title, string discriminator, string fallback, Func<IReadOnlyDictionary<string, ObjectShape>> variants) : Shape
{
    private readonly Lazy<IReadOnlyDictionary<string, ObjectShape>> _variants = new(variants);

    public string Name { get; } = name;

    public string Title { get; } = title;

    public string Discriminator { get; } = discriminator;

    public string Fallback { get; } = fallback;

    public IReadOnlyDictionary<string, ObjectShape> Variants => _variants.Value;

    public override string Expected => $"a mapping ({Title})";
}
