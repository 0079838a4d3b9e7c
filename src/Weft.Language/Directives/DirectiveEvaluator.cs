using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Source;

namespace Weft.Language.Directives;

/// <summary>Evaluates <c>$ref</c>, <c>$use</c> and <c>$merge</c>: what remains is a tree without them.</summary>
/// <remarks>
/// A node is evaluated once, so that two references to one agent are one node afterwards, too. What a reference brings keeps its own
/// place in its file, so that a fault in it is told where it stands.
/// </remarks>
internal sealed class DirectiveEvaluator
{
    private static readonly string[] Directives = ["$ref", "$use", "$merge"];
    private static readonly string[] Strangers = ["$include", "$import", "$ptr", "$extends", "$include_once"];

    private readonly SourceMap _local;
    private readonly LoadOptions _options;
    private readonly DiagnosticBag _bag;
    private readonly PathWalk _walk;
    private readonly Dictionary<SourceNode, SourceNode> _done = new(ReferenceEqualityComparer.Instance);
    private readonly List<(SourceNode Node, string Target)> _open = [];

    private DirectiveEvaluator(SourceMap local, LoadOptions options, DiagnosticBag bag)
    {
        _local = local;
        _options = options;
        _bag = bag;
        _walk = new PathWalk(Open);
    }

    /// <summary>The tree with every directive evaluated; the same tree when it has none.</summary>
    public static SourceMap? Evaluate(SourceMap root, LoadOptions options, DiagnosticBag bag)
    {
        if (!root.File.Text.Contains("$ref", StringComparison.Ordinal) && !root.File.Text.Contains("$use", StringComparison.Ordinal)
            && !root.File.Text.Contains("$merge", StringComparison.Ordinal)
            && !Strangers.Any(s => root.File.Text.Contains(s, StringComparison.Ordinal)))
        {
            return root;
        }

        var result = new DirectiveEvaluator(root, options, bag).Evaluate(root) as SourceMap;
        return result is not null && TreeSize.IsWithinLimits(result, bag) ? result : null;
    }

    private SourceNode Evaluate(SourceNode node)
    {
        if (node is SourceScalar or SourceBroken)
        {
            return node;
        }

        if (_done.TryGetValue(node, out var done))
        {
            return done;
        }

        var result = node switch
        {
            SourceMap map when DirectiveOf(map) is { } directive => EvaluateDirective(map, directive),
            SourceMap map => EvaluateEntries(map),
            SourceList list => EvaluateItems(list),
            _ => node,
        };
        return _done[node] = result;
    }

    /// <summary>A node on the way of a path: evaluated only when it is a directive itself.</summary>
    private SourceNode Open(SourceNode node) => node is SourceMap map && DirectiveOf(map) is not null ? Evaluate(node) : node;

    private SourceNode EvaluateEntries(SourceMap map)
    {
        List<SourceEntry>? changed = null;
        for (var i = 0; i < map.Entries.Count; i++)
        {
            var (key, value) = map.Entries[i];
            if (Strangers.Contains(key.Text))
            {
                _bag.Error(DiagnosticCodes.UnknownDirective, key,
                    $"'{key.Text}' is not a directive. There are $ref, $use and $merge; files are joined by the project file.");
            }

            var evaluated = Evaluate(value);
            if (!ReferenceEquals(evaluated, value))
            {
                changed ??= [.. map.Entries];
                changed[i] = new SourceEntry(key, evaluated);
            }
        }

        return changed is null ? map : new SourceMap(map.File, map.Line, map.Column, changed);
    }

    private SourceNode EvaluateItems(SourceList list)
    {
        List<SourceNode>? changed = null;
        for (var i = 0; i < list.Items.Count; i++)
        {
            var evaluated = Evaluate(list.Items[i]);
            if (!ReferenceEquals(evaluated, list.Items[i]))
            {
                changed ??= [.. list.Items];
                changed[i] = evaluated;
            }
        }

        return changed is null ? list : new SourceList(list.File, list.Line, list.Column, changed);
    }

    /// <summary>The directive of a mapping. A <c>$ref</c> as JSON Schema writes it (<c>#/$defs/x</c>, an address) is none.</summary>
    private static SourceEntry? DirectiveOf(SourceMap map)
    {
        foreach (var entry in map.Entries)
        {
            if (entry.Key.Text is "$use" or "$merge"
                || (entry.Key.Text == "$ref"
                    && !(entry.Value is SourceScalar { Text: var text }
                        && (text.StartsWith('#') || text.Contains("://", StringComparison.Ordinal)))))
            {
                return entry;
            }
        }

        return null;
    }

    private SourceNode EvaluateDirective(SourceMap map, SourceEntry directive)
    {
        if (_open.FindIndex(o => ReferenceEquals(o.Node, map)) is var start and >= 0)
        {
            var circle = _open.Skip(start).Select(o => o.Target).Append(_open[start].Target);
            _bag.Error(DiagnosticCodes.DirectiveCycle, directive.Value, $"The references make a circle: {string.Join(" -> ", circle)}.");
            return Broken(map);
        }

        if (map.Entries.FirstOrDefault(
            e => Directives.Contains(e.Key.Text) && !e.Key.Text.Equals(directive.Key.Text, StringComparison.Ordinal)) is { Key: { } other })
        {
            _bag.Error(DiagnosticCodes.DirectiveMix, other,
                $"'{other.Text}' and '{directive.Key.Text}' cannot stand in one mapping. Keep one of them.");
            return Broken(map);
        }

        if (directive.Key.Text == "$merge")
        {
            return EvaluateMerge(map, directive);
        }

        if (directive.Value is not SourceScalar text)
        {
            _bag.Error(DiagnosticCodes.DirectiveSyntax, directive.Value,
                $"'{directive.Key.Text}' must be text, not {directive.Value.Kind}.");
            return Broken(map);
        }

        return DirectiveText.Parse(directive.Key.Text, text, _bag) is { } parsed ? EvaluateReference(map, text, parsed) : Broken(map);
    }

    private SourceNode EvaluateReference(SourceMap map, SourceScalar text, DirectiveText directive)
    {
        _open.Add((map, directive.Target));
        var found = new ScopeLookup(_local, _options, _walk, _bag).Find(directive, text);
        var target = found is null ? Broken(text) : Evaluate(found);
        _open.RemoveAt(_open.Count - 1);

        var siblings = (SourceMap)EvaluateEntries(
            new SourceMap(map.File, map.Line, map.Column, [.. map.Entries.Where(e => !Directives.Contains(e.Key.Text))]));
        if (directive.Component is { } component and not "task")
        {
            var key = SourceJson.Text(component == "mcp" ? "mcps" : component, text);
            var value = component == "mcp" ? new SourceList(text.File, text.Line, text.Column, [target]) : target;
            return NodeMerge.Maps(new SourceMap(map.File, map.Line, map.Column, [new SourceEntry(key, value)]), siblings,
                directive.Strategy == "deep", directive.KeyConflict, _bag);
        }

        switch (target)
        {
            case SourceBroken when siblings.Entries.Count == 0:
                return target;
            case SourceBroken or SourceScalar { IsNull: true } when siblings.Entries.Count > 0:
                return siblings;
            case SourceMap referred when siblings.Entries.Count > 0:
                return NodeMerge.Maps(referred, siblings, directive.Strategy == "deep", directive.KeyConflict, _bag);
            case not SourceMap when siblings.Entries.Count > 0:
                _bag.Error(DiagnosticCodes.DirectiveMerge, siblings.Entries[0].Key,
                    $"'{directive.Target}' is {target.Kind}, which keys beside '$ref' cannot be merged into.");
                return Broken(map);
            default:
                return target;
        }
    }

    private SourceNode EvaluateMerge(SourceMap map, SourceEntry directive)
    {
        if (map.Entries.FirstOrDefault(e => e.Key.Text != "$merge") is { Key: { } sibling })
        {
            _bag.Error(DiagnosticCodes.DirectiveMix, sibling,
                $"'{sibling.Text}' cannot stand beside '$merge'. Make it one of the sources.");
            return Broken(map);
        }

        _open.Add((map, "$merge"));
        var value = Evaluate(directive.Value);
        _open.RemoveAt(_open.Count - 1);
        return new MergeDirective(_bag).Evaluate(value) ?? Broken(map);
    }

    private static SourceBroken Broken(SourceNode at) => new(at.File, at.Line, at.Column);
}
