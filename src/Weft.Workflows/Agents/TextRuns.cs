namespace Weft.Workflows.Agents;

/// <summary>Cuts a text into runs, and sums up what each comes to in tokens.</summary>
/// <remarks>
/// A Latin word of up to 6 letters is one token and each further 5 letters one more; digits go three to a token; each mark of
/// punctuation is half a token (they pair up in code); a run of spaces is free before a word, and one token for each 8 when it indents;
/// a Han, kana or Hangul character is one token (0.8 to 1.3 in practice); a letter of another script is half a token, and more
/// where vocabularies have read little of it; an emoji is two.
/// A run of letters and digits that is no word, as in ids, hex and base64, is 0.7 tokens a character.
/// </remarks>
internal static class TextRuns
{
    private const double PerIdCharacter = 0.7;

    // Shorter runs come out near enough by words and digits.
    private const int ShortestId = 6;

    // German has words with five consonants in a row; nobody says one with six.
    private const int MostConsonants = 5;

    /// <summary>The tokens of a text, as a fraction.</summary>
    public static double Tokens(ReadOnlySpan<char> text, TextClasses classes)
    {
        double tokens = 0;
        for (var i = 0; i < text.Length;)
        {
            var rest = text[i..];
            var (length, cost) =
                classes == TextClasses.All && char.IsAsciiLetterOrDigit(rest[0]) && LengthOf(rest, char.IsAsciiLetterOrDigit) is var run
                    && IsId(rest[..run])
                ? (run, run * PerIdCharacter)
                : Next(rest, classes);
            tokens += cost;
            i += length;
        }

        return tokens;
    }

    private static (int Length, double Tokens) Next(ReadOnlySpan<char> rest, TextClasses classes)
    {
        var c = rest[0];
        if (char.IsAsciiLetter(c))
        {
            var length = LengthOf(rest, char.IsAsciiLetter);
            return (length, 1 + (Math.Max(0, length - 6) / 5.0));
        }

        if (char.IsAsciiDigit(c))
        {
            var length = LengthOf(rest, char.IsAsciiDigit);
            return (length, Math.Ceiling(length / 3.0));
        }

        if (char.IsWhiteSpace(c))
        {
            var length = LengthOf(rest, char.IsWhiteSpace);
            return (length, length == 1 && c == ' ' ? 0 : Math.Ceiling(length / 8.0));
        }

        return (1, c < 128 ? 0.5 : char.IsSurrogate(c) || IsIdeographic(c) ? 1 : classes == TextClasses.All ? OfScript(c) : 0.5);
    }

    // Vocabularies learn the letters of a script by how much of it they have read.
    private static double OfScript(char c) => c switch
    {
        < '\u0180' or (>= '\u0370' and < '\u0530') or (>= '\u0590' and < '\u0700') => 0.5, // Latin, Greek, Cyrillic, Hebrew, Arabic
        < '\u0900' => 1,
        < '\u0E80' => 0.8, // the scripts of India, Thai
        >= '\u2000' and < '\u2100' => 0.5, // typographic marks
        _ => 1.5,
    };

    // Letters and digits in turn, capitals in the midst, or what nobody can say.
    private static bool IsId(ReadOnlySpan<char> run)
    {
        if (run.Length < ShortestId)
        {
            return false;
        }

        int turns = 0, humps = 0, consonants = 0, mostConsonants = 0, vowels = 0;
        for (var i = 0; i < run.Length; i++)
        {
            var c = run[i];
            if (i > 0)
            {
                turns += char.IsAsciiDigit(c) != char.IsAsciiDigit(run[i - 1]) ? 1 : 0;
                humps += char.IsAsciiLetterUpper(c) && char.IsAsciiLetterLower(run[i - 1]) ? 1 : 0;
            }

            var isVowel = (char)(c | 0x20) is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';
            vowels += isVowel || char.IsAsciiDigit(c) ? 1 : 0;
            consonants = isVowel || char.IsAsciiDigit(c) ? 0 : consonants + 1;
            mostConsonants = Math.Max(mostConsonants, consonants);
        }

        return turns > 1 || humps > run.Length / 6 || vowels == 0 || mostConsonants > MostConsonants;
    }

    private static int LengthOf(ReadOnlySpan<char> text, Func<char, bool> belongs)
    {
        var length = 1;
        while (length < text.Length && belongs(text[length]))
        {
            length++;
        }

        return length;
    }

    private static bool IsIdeographic(char c) =>
        c is >= '\u2E80' and <= '\uA4CF' or >= '\uAC00' and <= '\uD7FF' or >= '\uF900' and <= '\uFAFF' or >= '\uFF00' and <= '\uFFEF';
}
