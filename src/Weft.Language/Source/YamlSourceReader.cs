using Weft.Language.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Weft.Language.Source;

/// <summary>Reads YAML 1.2 with the core schema, anchors and merge keys: one document, no surprises.</summary>
internal sealed class YamlSourceReader
{
    private const string CoreTag = "tag:yaml.org,2002:";

    private readonly SourceFile _file;
    private readonly DiagnosticBag _bag;
    private readonly Parser _parser;
    private readonly Dictionary<string, (SourceNode Node, int Weight)> _anchors = [];
    private int _depth;
    private int _nodes;

    private YamlSourceReader(SourceFile file, DiagnosticBag bag)
    {
        _file = file;
        _bag = bag;
        _parser = new Parser(new StringReader(file.Text));
    }

    /// <summary>A fault after which reading on makes no sense; the bag has it.</summary>
    private sealed class Refused : Exception;

    public static SourceNode? Read(SourceFile file, DiagnosticBag bag)
    {
        var reader = new YamlSourceReader(file, bag);
        try
        {
            return reader.ReadDocument();
        }
        catch (Refused)
        {
            return null;
        }
        catch (YamlException e)
        {
            reader.Report(e);
            return null;
        }
    }

    /// <summary>Goes on to the next event. The parser fails in its own ways on a few texts that are no YAML.</summary>
    private bool Next()
    {
        try
        {
            return _parser.MoveNext();
        }
        catch (Exception e)
            when (e is InvalidOperationException or ArgumentException or FormatException or IndexOutOfRangeException or OverflowException)
        {
            var at = _parser.Current?.End ?? Mark.Empty;
            _bag.Error(
                DiagnosticCodes.Syntax,
                new SourceSpan(_file.Name, (int)at.Line, (int)at.Column),
                "This is not valid YAML from here on. Check quotes, brackets and the indentation.");
            throw new Refused();
        }
    }

    private SourceNode? ReadDocument()
    {
        Next();
        Next();
        if (_parser.Current is StreamEnd or null)
        {
            return null;
        }

        Next();
        var root = ReadNode();
        Next();
        Next();
        if (_parser.Current is DocumentStart next)
        {
            _bag.Error(DiagnosticCodes.SeveralDocuments, At(next),
                "A second document starts here. Keep each workflow in a file of its own.");
            return null;
        }

        return root;
    }

    /// <summary>Reads the node of the current event, and leaves its last event current.</summary>
    private SourceNode ReadNode()
    {
        var e = _parser.Current!;
        if (e is AnchorAlias alias)
        {
            return Resolve(alias);
        }

        var before = _nodes;
        Count(e, 1);
        SourceNode node = e switch
        {
            Scalar scalar => ReadScalar(scalar),
            SequenceStart list => ReadList(list),
            MappingStart map => ReadMap(map),
            _ => throw Refuse(DiagnosticCodes.Syntax, e, "A value is missing here."),
        };
        if (e is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            _anchors[anchored.Anchor.Value] = (node, _nodes - before);
        }

        return node;
    }

    private SourceNode Resolve(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var target))
        {
            throw Refuse(DiagnosticCodes.BadAlias, alias,
                $"The alias '*{alias.Value.Value}' has no anchor '&{alias.Value.Value}' before "
                + $"it.{NearMiss.Hint(alias.Value.Value, _anchors.Keys)}");
        }

        Count(alias, target.Weight);
        return target.Node;
    }

    private SourceScalar ReadScalar(Scalar scalar)
    {
        var form = scalar.Style switch
        {
            ScalarStyle.Literal or ScalarStyle.Folded => ScalarForm.Block,
            ScalarStyle.SingleQuoted => ScalarForm.SingleQuoted,
            ScalarStyle.DoubleQuoted => ScalarForm.DoubleQuoted,
            _ => ScalarForm.Plain,
        };
        var kind = KindOf(scalar, form);
        return new SourceScalar(_file, (int)scalar.Start.Line, (int)scalar.Start.Column, scalar.Value, kind, form, (int)scalar.Start.Index);
    }

    private ScalarKind KindOf(Scalar scalar, ScalarForm form)
    {
        var natural = form == ScalarForm.Plain ? CoreSchema.KindOf(scalar.Value) : ScalarKind.Text;
        if (scalar.Tag.IsEmpty)
        {
            return natural;
        }

        if (scalar.Tag.IsNonSpecific)
        {
            return ScalarKind.Text;
        }

        var meant = scalar.Tag.Value switch
        {
            CoreTag + "str" => ScalarKind.Text,
            CoreTag + "null" => ScalarKind.Null,
            CoreTag + "bool" => ScalarKind.Bool,
            CoreTag + "int" => ScalarKind.Integer,
            CoreTag + "float" => ScalarKind.Float,
            _ => throw BadTag(scalar),
        };
        var actual = CoreSchema.KindOf(scalar.Value);
        return meant switch
        {
            ScalarKind.Text => ScalarKind.Text,
            ScalarKind.Float when actual is ScalarKind.Integer or ScalarKind.Float => ScalarKind.Float,
            _ when actual == meant => meant,
            _ => throw Refuse(DiagnosticCodes.BadTag, scalar,
                $"'{scalar.Value.Clip(60)}' is no {scalar.Tag.Value[CoreTag.Length..]}, as its tag says it is."),
        };
    }

    private SourceList ReadList(SequenceStart start)
    {
        CheckTag(start, "seq");
        Enter(start);
        var items = new List<SourceNode>();
        while (Next() && _parser.Current is not SequenceEnd)
        {
            items.Add(ReadNode());
        }

        _depth--;
        return new SourceList(_file, (int)start.Start.Line, (int)start.Start.Column, items);
    }

    private SourceMap ReadMap(MappingStart start)
    {
        CheckTag(start, "map");
        Enter(start);
        var entries = new List<SourceEntry>();
        Dictionary<string, SourceScalar> seen = [];
        List<SourceMap>? merged = null;
        while (Next() && _parser.Current is not MappingEnd)
        {
            var key = ReadKey();
            Next();
            var value = ReadNode();
            if (key is { Text: "<<", Form: ScalarForm.Plain })
            {
                (merged ??= []).AddRange(MergeSources(value));
                continue;
            }

            if (!seen.TryAdd(key.Text, key))
            {
                _bag.Error(DiagnosticCodes.DuplicateKey, key,
                    $"The key '{key.Text.Clip(60)}' is already given in line {seen[key.Text].Line}. Remove one of the two.");
                continue;
            }

            entries.Add(new SourceEntry(key, value));
        }

        foreach (var entry in merged?.SelectMany(m => m.Entries) ?? [])
        {
            if (seen.TryAdd(entry.Key.Text, entry.Key))
            {
                Count(start, 1);
                entries.Add(entry);
            }
        }

        _depth--;
        return new SourceMap(_file, (int)start.Start.Line, (int)start.Start.Column, entries);
    }

    private SourceScalar ReadKey() => ReadNode() as SourceScalar
        ?? throw Refuse(DiagnosticCodes.BadKey, _parser.Current!,
            "A key must be a text, not a list or a mapping. Put '{{ … }}' and '[ … ]' in quotes.");

    private IEnumerable<SourceMap> MergeSources(SourceNode value)
    {
        var sources = value is SourceList list ? list.Items : [value];
        foreach (var source in sources)
        {
            if (source is not SourceMap map)
            {
                _bag.Error(DiagnosticCodes.BadAlias, source, $"'<<' merges mappings, not {source.Kind}.");
                continue;
            }

            yield return map;
        }
    }

    private void CheckTag(NodeEvent node, string core)
    {
        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific && !string.Equals(node.Tag.Value, CoreTag + core, StringComparison.Ordinal))
        {
            throw BadTag(node);
        }
    }

    private Refused BadTag(NodeEvent node) =>
        Refuse(DiagnosticCodes.BadTag, node,
            $"The tag '{node.Tag.Value.Replace(CoreTag, "!!", StringComparison.Ordinal).Clip(60)}' is not known. Definitions hold plain "
            + $"values only; leave the tag out.");

    private void Enter(ParsingEvent e)
    {
        if (++_depth > LoadLimits.MaxNesting)
        {
            throw Refuse(DiagnosticCodes.NestedTooDeep, e, $"Lists and mappings are nested deeper than {LoadLimits.MaxNesting} levels.");
        }
    }

    private void Count(ParsingEvent e, int weight)
    {
        _nodes += weight;
        if (_nodes > LoadLimits.MaxNodes)
        {
            throw Refuse(DiagnosticCodes.TooManyValues, e,
                $"With its aliases written out, the text holds more than {LoadLimits.MaxNodes:N0} values.");
        }
    }

    private Refused Refuse(string code, ParsingEvent at, string message)
    {
        _bag.Error(code, At(at), message);
        return new Refused();
    }

    private SourceSpan At(ParsingEvent e) => new(_file.Name, (int)e.Start.Line, (int)e.Start.Column);

    private void Report(YamlException e)
    {
        var line = Math.Max(1, (int)e.Start.Line);
        var lines = _file.Text.Split('\n');
        var saysTab = e.Message.Contains("tab", StringComparison.OrdinalIgnoreCase);
        foreach (var near in saysTab ? Enumerable.Range(0, lines.Length) : [line - 1, line - 2, line])
        {
            var text = near >= 0 && near < lines.Length ? lines[near] : "";
            var indentation = text.AsSpan()[..^text.AsSpan().TrimStart().Length];
            var tab = indentation.IndexOf('\t');
            if (tab >= 0)
            {
                _bag.Error(DiagnosticCodes.Tab, new SourceSpan(_file.Name, near + 1, tab + 1),
                    "The line is indented with a tab. YAML allows spaces only; two for each level are usual.");
                return;
            }
        }

        _bag.Error(DiagnosticCodes.Syntax, new SourceSpan(_file.Name, line, Math.Max(1, (int)e.Start.Column)),
            $"This is not valid YAML: {YamlFault.Explain(e.Message)}");
    }
}
