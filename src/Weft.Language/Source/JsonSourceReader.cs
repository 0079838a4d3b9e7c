using System.Text;
using System.Text.Json;
using Weft.Language.Diagnostics;

namespace Weft.Language.Source;

/// <summary>Reads JSON.</summary>
internal ref struct JsonSourceReader
{
    private readonly SourceFile _file;
    private readonly DiagnosticBag _bag;
    private readonly ReadOnlySpan<byte> _bytes;
    private Utf8JsonReader _reader;
    private int _seen;
    private int _char;
    private int _line = 1;
    private int _column = 1;
    private int _nodes;

    private JsonSourceReader(SourceFile file, DiagnosticBag bag, ReadOnlySpan<byte> bytes)
    {
        _file = file;
        _bag = bag;
        _bytes = bytes;
        _reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = LoadLimits.MaxNesting });
    }

    public static SourceNode? Read(SourceFile file, DiagnosticBag bag)
    {
        var reader = new JsonSourceReader(file, bag, Encoding.UTF8.GetBytes(file.Text));
        try
        {
            reader._reader.Read();
            var root = reader.ReadValue();
            reader._reader.Read();
            return root;
        }
        catch (JsonException e)
        {
            reader.Report(e);
            return null;
        }
        catch (InvalidOperationException)
        {
            bag.Error(DiagnosticCodes.Syntax, new SourceSpan(file.Name, reader._line, reader._column),
                "This is not valid JSON: an escape is half of a surrogate pair.");
            return null;
        }
    }

    private void Report(JsonException e)
    {
        if (_bag.HasErrors)
        {
            return;
        }

        var line = (int)(e.LineNumber ?? 0) + 1;
        var at = new SourceSpan(_file.Name, line, ColumnOf(line, (int)(e.BytePositionInLine ?? 0)));
        if (e.Message.Contains("depth", StringComparison.OrdinalIgnoreCase))
        {
            _bag.Error(DiagnosticCodes.NestedTooDeep, at, $"Lists and mappings are nested deeper than {LoadLimits.MaxNesting} levels.");
            return;
        }

        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        _bag.Error(DiagnosticCodes.Syntax, at, $"This is not valid JSON: {(end < 0 ? e.Message : e.Message[..end]).TrimEnd('.')}.");
    }

    private readonly int ColumnOf(int line, int byteInLine)
    {
        var start = 0;
        for (var i = 1; i < line; i++)
        {
            start += _bytes[start..].IndexOf((byte)'\n') + 1;
        }

        return 1 + Encoding.UTF8.GetCharCount(_bytes.Slice(start, Math.Min(byteInLine, _bytes.Length - start)));
    }

    private SourceNode ReadValue()
    {
        MoveTo((int)_reader.TokenStartIndex);
        if (++_nodes > LoadLimits.MaxNodes)
        {
            _bag.Error(DiagnosticCodes.TooManyValues, new SourceSpan(_file.Name, _line, _column),
                $"The text holds more than {LoadLimits.MaxNodes:N0} values.");
            throw new JsonException();
        }

        return _reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadObject(),
            JsonTokenType.StartArray => ReadArray(),
            JsonTokenType.String => Scalar(_reader.GetString()!, ScalarKind.Text),
            JsonTokenType.Number =>
                Scalar(Raw(), _reader.ValueSpan.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0 ? ScalarKind.Integer : ScalarKind.Float),
            JsonTokenType.True or JsonTokenType.False => Scalar(Raw(), ScalarKind.Bool),
            _ => Scalar("null", ScalarKind.Null),
        };
    }

    private SourceMap ReadObject()
    {
        var (line, column) = (_line, _column);
        var entries = new List<SourceEntry>();
        Dictionary<string, SourceScalar> seen = [];
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            MoveTo((int)_reader.TokenStartIndex);
            var key = Scalar(_reader.GetString()!, ScalarKind.Text);
            if (!seen.TryAdd(key.Text, key))
            {
                _bag.Error(DiagnosticCodes.DuplicateKey, key,
                    $"The key '{key.Text}' is already given in line {seen[key.Text].Line}. Remove one of the two.");
            }

            _reader.Read();
            entries.Add(new SourceEntry(key, ReadValue()));
        }

        return new SourceMap(_file, line, column, entries);
    }

    private SourceList ReadArray()
    {
        var (line, column) = (_line, _column);
        var items = new List<SourceNode>();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadValue());
        }

        return new SourceList(_file, line, column, items);
    }

    private readonly SourceScalar Scalar(string text, ScalarKind kind) =>
        new(_file, _line, _column, text, kind, ScalarForm.DoubleQuoted, _char);

    private readonly string Raw() => Encoding.UTF8.GetString(_reader.ValueSpan);

    /// <summary>Moves line, column and character along to a byte of the text.</summary>
    private void MoveTo(int target)
    {
        for (; _seen < target; _seen++)
        {
            var b = _bytes[_seen];
            if (b == '\n')
            {
                _line++;
                _column = 1;
                _char++;
            }
            else if ((b & 0xC0) != 0x80)
            {
                var units = b >= 0xF0 ? 2 : 1;
                _column += units;
                _char += units;
            }
        }
    }
}
