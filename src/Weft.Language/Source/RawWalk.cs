using System.Globalization;

namespace Weft.Language.Source;

/// <summary>A walk over the raw text that knows its line and column.</summary>
internal ref struct RawWalk(ReadOnlySpan<char> raw, int at, int line, int column)
{
    private readonly ReadOnlySpan<char> _raw = raw;
    private int _at = at;

    public int Line { get; private set; } = line;

    public int Column { get; private set; } = column;

    public readonly bool AtEnd => _at >= _raw.Length;

    public readonly char Current => AtEnd ? '\0' : _raw[_at];

    public void Next()
    {
        if (AtEnd)
        {
            return;
        }

        if (_raw[_at++] == '\n')
        {
            Line++;
            Column = 1;
        }
        else
        {
            Column++;
        }
    }

    /// <summary>Goes behind the end of the line.</summary>
    public void SkipLine()
    {
        while (!AtEnd && Current != '\n')
        {
            Next();
        }

        Next();
    }

    public void SkipSpaces(int most)
    {
        for (var i = 0; i < most && Current == ' '; i++)
        {
            Next();
        }
    }

    public void SkipBlanks()
    {
        while (Current is ' ' or '\t')
        {
            Next();
        }
    }

    /// <summary>Goes on to the next line when only blanks are left on this one.</summary>
    public void SkipFold()
    {
        var ahead = this;
        ahead.SkipBlanks();
        while (ahead.Current is '\r' or '\n')
        {
            ahead.Next();
            ahead.SkipBlanks();
            this = ahead;
        }
    }

    /// <summary>Skips one escape of a double-quoted text, and says how many characters of the value it stands for.</summary>
    public int SkipEscape()
    {
        Next();
        var kind = Current;
        Next();
        switch (kind)
        {
            case '\r' or '\n':
                if (kind == '\r' && Current == '\n')
                {
                    Next();
                }

                SkipBlanks();
                return 0;
            case 'x':
                Skip(2);
                return 1;
            case 'u':
                Skip(4);
                return 1;
            case 'U':
                var length = _raw.Length - _at >= 8
                    && int.TryParse(_raw.Slice(_at, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var point)
                    && point > 0xFFFF ? 2 : 1;
                Skip(8);
                return length;
            default:
                return 1;
        }
    }

    /// <summary>The indentation of a block scalar: that of its first line that is not blank.</summary>
    public readonly int IndentOfBlock(int parent)
    {
        var ahead = _at;
        while (ahead < _raw.Length)
        {
            var first = ahead;
            while (ahead < _raw.Length && _raw[ahead] == ' ')
            {
                ahead++;
            }

            if (ahead < _raw.Length && _raw[ahead] is not ('\r' or '\n'))
            {
                return ahead - first;
            }

            while (ahead < _raw.Length && _raw[ahead] != '\n')
            {
                ahead++;
            }

            ahead++;
        }

        return parent;
    }

    private void Skip(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Next();
        }
    }
}
