using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Parsing;

/// <summary>A place in a source that moves forward as it is read.</summary>
internal sealed class SourceCursor(string source)
{
    public string Source => source;

    public int At { get; set; }

    public bool IsAtEnd => At >= source.Length;

    public char Current => At < source.Length ? source[At] : '\0';

    public char Peek(int ahead = 1) => At + ahead < source.Length ? source[At + ahead] : '\0';

    public static bool StartsName(char c) => char.IsAsciiLetter(c) || c == '_' || (c > '\x7F' && char.IsLetter(c));

    public static bool ContinuesName(char c) => StartsName(c) || char.IsAsciiDigit(c) || (c > '\x7F' && char.IsLetterOrDigit(c));

    public void SkipSpace()
    {
        while (At < source.Length && char.IsWhiteSpace(source[At]))
        {
            At++;
        }
    }

    public bool Looks(string text) => string.CompareOrdinal(source, At, text, 0, text.Length) == 0;

    public bool Take(string text)
    {
        if (!Looks(text))
        {
            return false;
        }

        At += text.Length;
        return true;
    }

    public bool LooksWord(string word) =>
        Looks(word) && !ContinuesName(At + word.Length < source.Length ? source[At + word.Length] : '\0');

    /// <summary>Takes a whole word behind any space, or moves nothing.</summary>
    public bool TakeWord(string word)
    {
        var start = At;
        SkipSpace();
        if (LooksWord(word))
        {
            At += word.Length;
            return true;
        }

        At = start;
        return false;
    }

    /// <summary>The name at the cursor without moving; empty when there is none.</summary>
    public string PeekName()
    {
        if (!StartsName(Current))
        {
            return "";
        }

        var end = At + 1;
        while (end < source.Length && ContinuesName(source[end]))
        {
            end++;
        }

        return source[At..end];
    }

    /// <summary>Reads a name; with hyphens, <c>a-b</c> is one as long as nothing but letters and digits surround the hyphen.</summary>
    public string ReadName(bool withHyphens = false)
    {
        var start = At;
        while (At < source.Length
            && (ContinuesName(source[At]) || (withHyphens && At > start && source[At] == '-' && ContinuesName(Peek()))))
        {
            At++;
        }

        return source[start..At];
    }

    /// <summary>What stands at the cursor, for a message.</summary>
    public string Found()
    {
        if (IsAtEnd)
        {
            return "the end of the text";
        }

        var name = PeekName();
        if (name.Length > 0)
        {
            return $"'{name.Clip(41)}'";
        }

        return char.IsControl(Current) ? "a line break" : char.IsSurrogate(Current) ? "that character" : $"'{Current}'";
    }

    public TemplateException Fault(string fault, string code = TemplateErrorCodes.Syntax, int? offset = null) =>
        new(code, fault, TemplatePosition.At(source, offset ?? At), SourceExcerpt.Around(source, offset ?? At));
}
