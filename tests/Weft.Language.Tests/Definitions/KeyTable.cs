using System.Globalization;
using System.Text;
using Weft.Language.Loading;
using Weft.Language.Shapes;

namespace Weft.Language.Tests.Definitions;

/// <summary>The tables of docs/language.md, as they follow from the shapes of the language.</summary>
internal static class KeyTable
{
    /// <summary>Gets every mapping with known keys that is reached from the files, by its name.</summary>
    public static IReadOnlyDictionary<string, ObjectShape> Shapes { get; } = Collect();

    /// <summary>The table of a mapping's keys.</summary>
    /// <param name="shape">The mapping.</param>
    /// <param name="without">The name of another, whose keys are left out where they say the same; empty: none.</param>
    public static string Of(ObjectShape shape, string without = "")
    {
        var leftOut = without.Length == 0 ? [] : Shapes[without].Keys.Select(k => (k.Name, k.Doc)).ToHashSet();
        var table = new StringBuilder("| key | value | what it says |\n|---|---|---|\n");
        foreach (var key in shape.Keys.Where(k => !leftOut.Contains((k.Name, k.Doc))))
        {
            var also = key.Also.Count == 0 ? "" : $" Also written {string.Join(", ", key.Also.Select(a => $"`{a}`"))}.";
            var by = key.Default is not { } usual ? ""
                : $" Default: {(usual.AsSpan().ContainsAny('`', ' ') ? usual : $"`{usual}`")}.";
            var idle = key.Idle is null ? "" : $" **Has no effect**: {key.Idle}";
            table.Append(CultureInfo.InvariantCulture,
                $"| `{key.Name}`{(key.Required ? " \\*" : "")} | {Value(key.Shape)} | {key.Doc}{by}{also}{idle} |\n");
        }

        return table.ToString();
    }

    private static string Value(Shape shape) => shape switch
    {
        AnyShape => "anything",
        DataShape => "data",
        TextShape { Kind: TextKind.Template } => "template",
        TextShape { Kind: TextKind.Expression } => "template or expression",
        TextShape { Kind: TextKind.Duration } => "duration",
        TextShape { Kind: TextKind.DurationTemplate } => "duration or template",
        TextShape { Kind: TextKind.Id } => "name",
        TextShape { Kind: TextKind.Time } => "time",
        TextShape { Kind: TextKind.Cron } => "schedule",
        TextShape => "text",
        NumberShape n => $"{(n.Whole ? "whole number" : "number")}, {n.Range}",
        BoolShape => "true or false",
        WordShape w => string.Join(", ", w.Words.Select(x => $"`{x}`")),
        ListShape l => $"list of {Value(l.Item)}{(l.OrOne ? ", or one" : "")}",
        MapShape m => $"mapping to {Value(m.Value)}",
        SchemaShape => "JSON Schema, or the id of one",
        ConditionShape => "condition",
        ChoiceShape c => string.Join(" or ", c.Choices.Select(Value)),
        ObjectShape o => $"[{o.Name.Replace('_', ' ')}](#{o.Name.Replace('_', '-')})",
        VariantShape v => $"[{v.Name}](#{v.Name}s)",
        _ => "anything",
    };

    private static SortedDictionary<string, ObjectShape> Collect()
    {
        var found = new SortedDictionary<string, ObjectShape>(StringComparer.Ordinal);
        var open = new Stack<Shape>(
            [FileShapes.Graph, FileShapes.Tasks, FileShapes.Steps, ProjectShapes.Project, CardShapes.Card, ConditionText.Shape]);
        while (open.TryPop(out var shape))
        {
            switch (shape)
            {
                case ObjectShape o when found.TryAdd(o.Name, o):
                    o.Keys.ToList().ForEach(k => open.Push(k.Shape));
                    break;
                case VariantShape v:
                    v.Variants.Values.ToList().ForEach(open.Push);
                    break;
                case ListShape l:
                    open.Push(l.Item);
                    break;
                case MapShape m:
                    open.Push(m.Value);
                    break;
                case ChoiceShape c:
                    c.Choices.ToList().ForEach(open.Push);
                    break;
            }
        }

        return found;
    }
}
