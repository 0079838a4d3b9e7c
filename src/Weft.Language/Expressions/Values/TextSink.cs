using System.Buffers;
using System.Globalization;

namespace Weft.Language.Expressions.Values;

/// <summary>Text being written, up to a limit.</summary>
internal sealed class TextSink(int limit) : IDisposable
{
    private char[] _buffer = ArrayPool<char>.Shared.Rent(512);

    public int Length { get; private set; }

    public void Append(char c)
    {
        Grow(1);
        _buffer[Length++] = c;
    }

    public void Append(char c, int count)
    {
        Grow(count);
        _buffer.AsSpan(Length, count).Fill(c);
        Length += count;
    }

    public void Append(long number)
    {
        Grow(20);
        number.TryFormat(_buffer.AsSpan(Length), out var written, default, CultureInfo.InvariantCulture);
        Length += written;
    }

    public void Append(ReadOnlySpan<char> text)
    {
        Grow(text.Length);
        text.CopyTo(_buffer.AsSpan(Length));
        Length += text.Length;
    }

    /// <summary>Takes back what was written after the given length, as a text of its own.</summary>
    public string Cut(int length)
    {
        var tail = new string(_buffer, length, Length - length);
        Length = length;
        return tail;
    }

    public override string ToString() => new(_buffer, 0, Length);

    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(_buffer);
        _buffer = [];
        Length = 0;
    }

    private void Grow(int more)
    {
        if (Length + (long)more <= _buffer.Length && Length + (long)more <= limit)
        {
            return;
        }

        // The room for a number's digits is asked for before they are counted: hence the margin.
        if (Length + (long)more > limit + 32L)
        {
            throw new ExpressionException(
                TemplateErrorCodes.Limit, $"The text grows beyond {limit.ToString("N0", CultureInfo.InvariantCulture)} characters.");
        }

        if (Length + more > _buffer.Length)
        {
            var larger = ArrayPool<char>.Shared.Rent(Math.Max(Length + more, _buffer.Length * 2));
            _buffer.AsSpan(0, Length).CopyTo(larger);
            ArrayPool<char>.Shared.Return(_buffer);
            _buffer = larger;
        }
    }
}
