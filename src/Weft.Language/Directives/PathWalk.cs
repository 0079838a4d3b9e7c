using System.Globalization;
using System.Text.Json.Nodes;
using Weft.Language.Expressions.GJson;
using Weft.Language.Source;

namespace Weft.Language.Directives;

/// <summary>Follows a GJSON path through nodes, so that what is found still knows its place, and a miss can be explained.</summary>
/// <param name="open">Evaluates a node that is a directive itself, so that a path can lead through it.</param>
internal sealed class PathWalk(Func<SourceNode, SourceNode> open)
{
    private const int MostNames = 12;

    /// <summary>Gets why the last walk led nowhere, with the nearest known names.</summary>
    public string Miss { get; private set; } = "";

    /// <summary>The node at the end of a path, or null.</summary>
    public SourceNode? Find(SourceNode from, GJsonSegment[] path) => Find(from, path, 0, "it");

    /// <summary>The text that a query demands of a key: of <c>#(id=="x")</c> and <c>id</c>, <c>x</c>.</summary>
    public static string? Demanded(GJsonSegment segment, params ReadOnlySpan<string> keys)
    {
        if (segment is not { Kind: GJsonSegmentKind.First, Query: [var conditions] })
        {
            return null;
        }

        foreach (var condition in conditions)
        {
            if (condition is { Path: [{ Kind: GJsonSegmentKind.Name } name], Operator: "==", Literal.Text: { } text }
                && keys.Contains(name.Text))
            {
                return text;
            }
        }

        return null;
    }

    private SourceNode? Find(SourceNode node, GJsonSegment[] path, int index, string what)
    {
        node = open(node);
        if (index == path.Length)
        {
            return node;
        }

        var segment = path[index];
        if (segment.Kind == GJsonSegmentKind.Name)
        {
            return Named(node, segment, what) is { } next ? Find(next, path, index + 1, $"'{segment.Text}'") : null;
        }

        if (node is not SourceList list)
        {
            Miss = $"{what} is {node.Kind}, not a list to look into.";
            return null;
        }

        switch (segment.Kind)
        {
            case GJsonSegmentKind.Each when index == path.Length - 1:
                return SourceJson.FromJson(JsonValue.Create(list.Items.Count), list);
            case GJsonSegmentKind.Each:
                return Each(list, list.Items, path, index + 1, what);
            case GJsonSegmentKind.All:
                return Each(list, list.Items.Where(i => Holds(i, segment)), path, index + 1, what);
            default:
                if (list.Items.FirstOrDefault(i => Holds(i, segment)) is { } first)
                {
                    return Find(first, path, index + 1, what);
                }

                Miss = Explain(list, segment, what);
                return null;
        }
    }

    private SourceList Each(SourceList list, IEnumerable<SourceNode> items, GJsonSegment[] path, int index, string what) =>
        new(list.File, list.Line, list.Column, [.. items.Select(i => Find(i, path, index, what)).OfType<SourceNode>()]);

    private SourceNode? Named(SourceNode node, GJsonSegment segment, string what)
    {
        switch (node)
        {
            case SourceMap map:
                var found =
                    segment.Pattern is { } pattern ? map.Entries.FirstOrDefault(e => pattern.Matches(e.Key.Text)).Value : map[segment.Text];
                if (found is null)
                {
                    var hint = NearMiss.HintOrList(segment.Text, map.Entries.Select(e => e.Key.Text), "It has", MostNames);
                    Miss = $"{what} has no '{segment.Text}'.{hint}";
                }

                return found;
            case SourceList list
                when int.TryParse(segment.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < list.Items.Count:
                return list.Items[place];
            case SourceList list:
                Miss = $"{what} is a list of {list.Items.Count} and has no '{segment.Text}'. Look for an item with #(id==\"…\").";
                return null;
            default:
                Miss = $"{what} is {node.Kind} and has no '{segment.Text}'.";
                return null;
        }
    }

    private string Explain(SourceList list, GJsonSegment segment, string what)
    {
        if (segment.Query is not [var conditions]
            || !Array.TrueForAll(conditions, c => c is { Path.Length: 1, Operator: "==", Literal.Text: not null }))
        {
            return $"{what} has no item that the query holds for.";
        }

        var test = Array.Find(conditions, c => !list.Items.Any(i => Holds(i, c))) ?? conditions[0];
        var key = test.Path[0].Text;
        var known = list.Items.Select(open).OfType<SourceMap>().Select(m => (m[key] as SourceScalar)?.Text).OfType<string>().ToList();
        var wanted = string.Join(" && ", conditions.Select(c => $"{c.Path[0].Text}==\"{c.Literal!.Text}\""));
        return $"{what} has no item with {wanted}.{NearMiss.HintOrList(test.Literal!.Text!, known, $"Known by '{key}'", MostNames)}";
    }

    private bool Holds(SourceNode item, GJsonSegment segment) =>
        Array.Exists(segment.Query!, conditions => Array.TrueForAll(conditions, c => Holds(item, c))); // a query segment has a query

    private bool Holds(SourceNode item, GJsonCondition condition)
    {
        var said = Miss;
        var found = Find(item, condition.Path, 0, "it");
        Miss = said;
        if (found is null)
        {
            return false;
        }

        return condition.Literal is not { } literal || (found is SourceScalar value && Holds(value, condition.Operator, literal));
    }

    private static bool Holds(SourceScalar value, string op, GJsonLiteral literal)
    {
        switch (op)
        {
            case "==" or "!=":
                return Same(value, literal) == (op == "==");
            case "%" or "!%":
                return (literal.Pattern?.Matches(value.Text) ?? false) == (op == "%");
        }

        int order;
        if (literal.Number is { } number && value.ScalarKind is ScalarKind.Integer or ScalarKind.Float
            && double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var own))
        {
            order = own.CompareTo(number);
        }
        else if (literal.Text is { } text)
        {
            order = string.CompareOrdinal(value.Text, text);
        }
        else
        {
            return false;
        }

        return op switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 };
    }

    private static bool Same(SourceScalar value, GJsonLiteral literal) => value.ScalarKind switch
    {
        ScalarKind.Text => literal.Text == value.Text,
        ScalarKind.Bool => literal.Flag == (value.Text[0] is 't' or 'T'),
        ScalarKind.Null => literal is { Text: null, Number: null, Flag: null },
        _ => literal.Text == value.Text
            || (literal.Number is { } number && double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var own)
                && own.Equals(number)),
    };
}
