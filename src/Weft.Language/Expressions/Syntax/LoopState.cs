using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary>What <c>loop</c> is inside a <c>for</c>.</summary>
internal sealed class LoopState(Value[] items) : MapSource
{
    private static readonly string[] Fields =
        ["index", "index0", "revindex", "revindex0", "first", "last", "length", "previtem", "nextitem"];

    public int Index { get; set; }

    public override int Count => Fields.Length;

    public override int Depth => 0;

    public override IEnumerable<string> Names => Fields;

    public override IEnumerable<KeyValuePair<string, Value>> Entries => Fields.Select(x =>
    {
        TryGet(x, out var value);
        return new KeyValuePair<string, Value>(x, value);
    });

    public override bool TryGet(string name, out Value value)
    {
        Value? found = name switch
        {
            "index" => Value.Of(Index + 1L),
            "index0" => Value.Of((long)Index),
            "revindex" => Value.Of((long)(items.Length - Index)),
            "revindex0" => Value.Of(items.Length - Index - 1L),
            "first" => Value.Of(Index == 0),
            "last" => Value.Of(Index == items.Length - 1),
            "length" => Value.Of((long)items.Length),
            "previtem" => Index > 0 ? items[Index - 1] : Value.Null,
            "nextitem" => Index + 1 < items.Length ? items[Index + 1] : Value.Null,
            _ => null,
        };
        value = found ?? default;
        return found is not null;
    }
}
