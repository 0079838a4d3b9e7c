using System.Globalization;
using Weft.Workflows.Definitions.Source;

namespace Weft.Workflows.Definitions.Directives;

/// <summary>Follows a path through nodes.</summary>
/// <param name="open">Evaluates a node that is a directive itself, so that a path can lead through it.</param>
internal sealed class PathWalk(Func<SourceNode, SourceNode> open)
{
    /// <summary>Gets why the last walk led nowhere, with the nearest known names.</summary>
    public string Miss { get; private set; } = "";

    /// <summary>The node at the end of a path, or null.</summary>
    public SourceNode? Find(SourceNode from, SourcePath path) => Find(open(from), path.Parts, 0, "it");

    private SourceNode? Find(SourceNode node, IReadOnlyList<PathPart> parts, int index, string what)
    {
        if (index == parts.Count)
        {
            return node;
        }

        return parts[index] switch
        {
            PathPart.Name name => Named(node, name.Text, what) is { } next ? Find(open(next), parts, index + 1, $"'{name.Text}'") : null,
            PathPart.Where where => Matching(node, where, parts, index, what),
            _ => Each(node, parts, index, what),
        };
    }

    private SourceNode? Named(SourceNode node, string name, string what)
    {
        switch (node)
        {
            case SourceMap map:
                if (map[name] is { } value)
                {
                    return value;
                }

                Miss = $"{what} has no '{name}'.{NearMiss.HintOrList(name, map.Entries.Select(e => e.Key.Text), "It has", 12)}";
                return null;
            case SourceList list:
                if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < list.Items.Count)
                {
                    return list.Items[place];
                }

                Miss = $"{what} is a list of {list.Items.Count} and has no '{name}'. Look for an item with #(id==\"…\").";
                return null;
            default:
                Miss = $"{what} is {node.Kind} and has no '{name}'.";
                return null;
        }
    }

    private SourceNode? Matching(SourceNode node, PathPart.Where where, IReadOnlyList<PathPart> parts, int index, string what)
    {
        if (node is not SourceList list)
        {
            Miss = $"{what} is {node.Kind}, not a list to look into.";
            return null;
        }

        var found = list.Items.Select(open).Where(i => where.Tests.All(t => Holds(i, t)));
        if (where.All)
        {
            var items = found.Select(i => Find(i, parts, index + 1, what)).OfType<SourceNode>().ToList();
            return new SourceList(list.File, list.Line, list.Column, items);
        }

        if (found.FirstOrDefault() is { } first)
        {
            return Find(first, parts, index + 1, what);
        }

        Miss = Explain(list, where.Tests, what);
        return null;
    }

    private string Explain(SourceList list, IReadOnlyList<PathTest> tests, string what)
    {
        var test = tests.FirstOrDefault(t => !list.Items.Select(open).Any(i => Holds(i, t))) ?? tests[0];
        var known = list.Items.Select(open).OfType<SourceMap>().Select(m => (m[test.Key] as SourceScalar)?.Text).OfType<string>().ToList();
        var wanted = string.Join(" && ", tests.Select(t => $"{t.Key}{t.Operator}\"{t.Value}\""));
        return $"{what} has no item with {wanted}.{NearMiss.HintOrList(test.Value, known, $"Known by '{test.Key}'", 12)}";
    }

    private SourceNode? Each(SourceNode node, IReadOnlyList<PathPart> parts, int index, string what)
    {
        if (node is not SourceList list)
        {
            Miss = $"{what} is {node.Kind}, not a list.";
            return null;
        }

        if (index == parts.Count - 1)
        {
            return SourceJson.FromJson(System.Text.Json.Nodes.JsonValue.Create(list.Items.Count), list);
        }

        var items = list.Items.Select(i => Find(open(i), parts, index + 1, what)).OfType<SourceNode>().ToList();
        return new SourceList(list.File, list.Line, list.Column, items);
    }

    private static bool Holds(SourceNode item, PathTest test)
    {
        var value = test.Key.Split('.').Aggregate((SourceNode?)item, (n, key) => (n as SourceMap)?[key]) as SourceScalar;
        if (value is null)
        {
            return test.Operator == "!=";
        }

        var order = double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var left)
            && double.TryParse(test.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var right)
            ? left.CompareTo(right)
            : string.CompareOrdinal(value.Text, test.Value);
        return test.Operator switch
        {
            "==" => order == 0,
            "!=" => order != 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }
}
