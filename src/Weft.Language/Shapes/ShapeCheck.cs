using Weft.Language.Diagnostics;
using Weft.Language.Source;

namespace Weft.Language.Shapes;

/// <summary>
/// Holds a text's nodes against the shapes of the language, reports whatever does not fit, and gives the nodes back with every key of the
/// language under its one name. Scalars, and mappings whose keys are the author's choice, stay as they are.
/// </summary>
/// <param name="bag">Takes the findings.</param>
/// <param name="expressions">Reads the templates and conditions on the way.</param>
/// <param name="unsupported">Top-level keys that have no effect.</param>
/// <param name="toolTypes">The types of tools that can be called.</param>
internal sealed class ShapeCheck(
    DiagnosticBag bag, ExpressionIndex expressions, IReadOnlyCollection<string> unsupported, IReadOnlyCollection<string> toolTypes)
{
    private static readonly string[] WithoutEffectAnywhere = ["knowledge", "attachments"];

    private readonly TextCheck _texts = new(bag, expressions, toolTypes);

    /// <summary>Checks a whole file.</summary>
    public SourceMap CheckFile(SourceMap root, ObjectShape shape) => CheckObject(root, shape, isRoot: true);

    /// <summary>Checks one mapping.</summary>
    public SourceMap Check(SourceMap map, ObjectShape shape) => CheckObject(map, shape, isRoot: false);

    /// <summary>Checks one value.</summary>
    /// <param name="node">The value.</param>
    /// <param name="shape">What it should be.</param>
    /// <param name="what">The key that it stands behind, for messages.</param>
    public SourceNode Check(SourceNode node, Shape shape, string what)
    {
        if (node is SourceBroken)
        {
            return node;
        }

        switch (shape)
        {
            case ObjectShape o when node is SourceMap map:
                return Check(map, o);
            case VariantShape v when node is SourceMap map:
                return CheckVariant(map, v);
            case MapShape m when node is SourceMap map:
                return CheckMap(map, m, what);
            case ListShape l:
                return CheckList(node, l, what);
            case ChoiceShape c when Choose(c, node) is not ChoiceShape and var chosen:
                return Check(node, chosen, what);
            case ConditionShape c:
                return CheckCondition(node, c, what);
            case AnyShape:
                break;
            case DataShape:
                CheckData(node, what);
                break;
            case SchemaShape when node is SourceMap map:
                SchemaCheck.Check(map, bag);
                break;
            case SchemaShape when node is SourceScalar { ScalarKind: ScalarKind.Text }:
                break;
            case TextShape or NumberShape or BoolShape or WordShape when node is SourceScalar scalar:
                _texts.Check(scalar, shape, what);
                break;
            default:
                WrongType(node, shape.Expected, what);
                break;
        }

        return node;
    }

    private SourceMap CheckMap(SourceMap map, MapShape shape, string what)
    {
        var entries = new List<SourceEntry>(map.Entries.Count);
        foreach (var (key, value) in map.Entries)
        {
            if (shape.Settings is { } settings && !settings.Contains(key.Text))
            {
                bag.Warn(DiagnosticCodes.NoEffect, key,
                    $"'{key.Text.Clip(60)}' has no effect: it is no setting of "
                    + $"'{what}'.{NearMiss.HintOrList(key.Text, settings, "Settings")}");
            }

            entries.Add(new SourceEntry(key, Check(value, shape.Value, key.Text)));
        }

        return map.With(entries);
    }

    private SourceNode CheckList(SourceNode node, ListShape shape, string what)
    {
        if (node is not SourceList list)
        {
            if (shape.OrOne)
            {
                return Check(node, shape.Item, what);
            }

            WrongType(node, shape.Expected, what);
            return node;
        }

        if (shape.Filled && list.Items.Count == 0)
        {
            bag.Error(DiagnosticCodes.Missing, list, $"'{what}' is empty. It needs at least one item.");
        }

        return new SourceList(list.File, list.Line, list.Column, [.. list.Items.Select(item => Check(item, shape.Item, what))]);
    }

    private SourceMap CheckVariant(SourceMap map, VariantShape shape)
    {
        var type = shape.Fallback;
        if (map.Find(shape.Discriminator) is { Value: SourceScalar { IsNull: false } given })
        {
            if (!shape.Variants.ContainsKey(given.Text))
            {
                bag.Error(
                    DiagnosticCodes.NotAllowed,
                    given,
                    $"'{given.Text.Clip(60)}' is not a {shape.Discriminator} of "
                    + $"{shape.Title}.{NearMiss.HintOrList(given.Text, shape.Variants.Keys, "Known", 20)}");
                return shape.Variants[shape.Fallback].Named(map);
            }

            type = given.Text;
        }

        return Check(map, shape.Variants[type]);
    }

    private SourceMap CheckObject(SourceMap map, ObjectShape shape, bool isRoot)
    {
        var entries = new List<SourceEntry>(map.Entries.Count);
        foreach (var entry in map.Entries)
        {
            var isFree = isRoot && entry.Key.Text.StartsWith("x-", StringComparison.Ordinal);
            entries.Add(isFree ? entry : entry with { Value = CheckEntry(map, entry, shape, isRoot) });
        }

        foreach (var key in shape.Keys)
        {
            if (key.Required && !key.Spellings.Any(map.Has))
            {
                bag.Error(DiagnosticCodes.Missing, map, $"{Capital(shape.Title)} needs '{key.Name}'.");
            }
        }

        return shape.Named(map.With(entries));
    }

    private SourceNode CheckEntry(SourceMap map, SourceEntry entry, ObjectShape shape, bool isRoot)
    {
        var (name, value) = entry;
        if (!shape.Spellings.TryGetValue(name.Text, out var key))
        {
            UnknownKey(name, shape);
            return value;
        }

        if (value is SourceScalar { IsNull: true })
        {
            if (key.Required && key.Shape is not DataShape)
            {
                bag.Error(DiagnosticCodes.Missing, name, $"'{name.Text}' is empty. {Capital(shape.Title)} needs it.");
            }

            return value;
        }

        CheckSpelling(map, name, key);
        if (key.Idle is { } why)
        {
            bag.Warn(DiagnosticCodes.NoEffect, name, $"'{name.Text}' has no effect: {why}");
        }
        else if ((isRoot && unsupported.Contains(key.Name)) || WithoutEffectAnywhere.Contains(key.Name))
        {
            bag.Warn(DiagnosticCodes.NoEffect, name, $"'{name.Text}' has no effect yet.");
        }

        return Check(value, key.Shape, name.Text);
    }

    private void CheckSpelling(SourceMap map, SourceScalar name, Key key)
    {
        if (key.Also.Count == 0 || string.Equals(name.Text, key.Name, StringComparison.Ordinal))
        {
            return;
        }

        var other = key.Spellings.FirstOrDefault(
            k => !string.Equals(k, name.Text, StringComparison.Ordinal) && map[k] is { } v and not SourceScalar { IsNull: true }
                && IsBefore(v, name));
        if (other is not null)
        {
            bag.Error(DiagnosticCodes.Exclusive, name, $"'{name.Text}' and '{other}' say the same. Keep one of them.");
        }
    }

    private static bool IsBefore(SourceNode left, SourceNode right) => (left.Line, left.Column).CompareTo((right.Line, right.Column)) < 0;

    private void UnknownKey(SourceScalar name, ObjectShape shape)
    {
        var hint = shape.Hints.TryGetValue(name.Text, out var elsewhere)
            ? $" {elsewhere}"
            : NearMiss.HintOrList(name.Text, shape.Spellings.Keys, "Known keys", 40);
        bag.Error(DiagnosticCodes.UnknownKey, name, $"'{name.Text.Clip(60)}' is not a key of {shape.Title}.{hint}");
    }

    private void CheckData(SourceNode node, string what)
    {
        switch (node)
        {
            case SourceScalar { ScalarKind: ScalarKind.Text } text:
                expressions.Template(text);
                break;
            case SourceScalar { ScalarKind: ScalarKind.Integer or ScalarKind.Float } number when CoreSchema.Number(number.Text) is null:
                bag.Error(DiagnosticCodes.OutOfRange, number, $"'{what}' is {number.Text.Clip(60)}, which JSON has no number for.");
                break;
            case SourceList list:
                foreach (var item in list.Items)
                {
                    CheckData(item, what);
                }

                break;
            case SourceMap map:
                foreach (var (key, value) in map.Entries)
                {
                    CheckData(value, key.Text);
                }

                break;
        }
    }

    private SourceNode CheckCondition(SourceNode node, ConditionShape shape, string what)
    {
        switch (node)
        {
            case SourceScalar { ScalarKind: ScalarKind.Bool }:
                break;
            case SourceScalar { ScalarKind: ScalarKind.Text } text:
                expressions.Condition(text, ConditionText.TypeOf(text.Text, shape.TextType));
                break;
            case SourceMap map:
                map = Check(map, ConditionText.Shape);
                var type = (map["type"] as SourceScalar)?.Text ?? shape.TextType;
                if (map["expression"] is SourceScalar expression)
                {
                    expressions.Condition(expression, type);
                }
                else if (!string.Equals(type, "always", StringComparison.Ordinal) && !map.Has("expression"))
                {
                    bag.Error(DiagnosticCodes.Missing, map, $"A condition of the type '{type.Clip(60)}' needs 'expression'.");
                }

                return map;
            default:
                WrongType(node, shape.Expected, what);
                break;
        }

        return node;
    }

    private static Shape Choose(ChoiceShape choice, SourceNode node)
    {
        Shape? near = null;
        foreach (var shape in choice.Choices)
        {
            var fits = shape switch
            {
                WordShape words => node is SourceScalar word && words.Words.Contains(word.Text),
                TextShape or SchemaShape => node is SourceScalar,
                NumberShape => node is SourceScalar { ScalarKind: ScalarKind.Integer or ScalarKind.Float },
                BoolShape => node is SourceScalar { ScalarKind: ScalarKind.Bool },
                ListShape => node is SourceList,
                ObjectShape or VariantShape or MapShape => node is SourceMap,
                _ => true,
            };
            if (fits)
            {
                return shape;
            }

            near ??= shape is WordShape && node is SourceScalar ? shape : null;
        }

        return near ?? choice;
    }

    private void WrongType(SourceNode node, string expected, string what) =>
        bag.Error(DiagnosticCodes.WrongType, node, $"'{what.Clip(60)}' must be {expected}, not {node.Kind}.");

    private static string Capital(string title) => char.ToUpperInvariant(title[0]) + title[1..];
}
