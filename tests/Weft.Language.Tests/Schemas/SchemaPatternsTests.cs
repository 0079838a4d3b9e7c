using Weft.Language.Schemas;

namespace Weft.Language.Tests.Schemas;

public sealed class SchemaPatternsTests
{
    [Theory]
    [InlineData("^a$", "a", true)]
    [InlineData("^a$", "a\n", false)]
    [InlineData(@"^\d+$", "42", true)]
    [InlineData(@"^\d+$", "\u09ea", false)]
    [InlineData(@"^[\w.-]+$", "a_1.b-c", true)]
    [InlineData(@"^[\w.-]+$", "\u00e9", false)]
    [InlineData(@"^\s$", "\ufeff", true)]
    [InlineData(@"^[^\d]$", "x", true)]
    [InlineData(@"^[\D]$", "1", false)]
    [InlineData("^.{2}$", "a😀", true)]
    [InlineData("^.$", "\u2028", false)]
    [InlineData("^[^a]$", "😀", true)]
    [InlineData("^😀+$", "😀😀", true)]
    [InlineData("^[😀-😂x]$", "😁", true)]
    [InlineData("^[😀-😂x]$", "😅", false)]
    [InlineData(@"^[\u{1F3FF}-\u{1F400}]$", "🏿", true)]
    [InlineData(@"^\uD83D\uDE00{2}$", "😀😀", true)]
    [InlineData(@"^\u{1F600}$", "😀", true)]
    [InlineData(@"^\p{Letter}+$", "Stra\u00dfe", true)]
    [InlineData(@"^\p{gc=Nd}$", "\u09ea", true)]
    [InlineData(@"^[\P{L}]$", "a", false)]
    [InlineData("^[a[]$", "[", true)]
    [InlineData("^[]$", "a", false)]
    [InlineData("^[^]$", "\n", true)]
    [InlineData(@"^[\-\]a]+$", "]-a", true)]
    [InlineData(@"^[\x41\cA\t]+$", "A\u0001\t", true)]
    [InlineData(@"\bcat\b", "a cat!", true)]
    [InlineData(@"^(?<year>\d{4})$", "2026", true)]
    [InlineData(@"^a\/b$", "a/b", true)]
    public void Find_APatternOfEcma262_MatchesAsItSays(string pattern, string text, bool matches) =>
        Assert.Equal(matches, SchemaPatterns.Find(pattern)!.IsMatch(text));

    [Theory]
    [InlineData("(?=a)")]
    [InlineData("(?!a)")]
    [InlineData("(?<=a)b")]
    [InlineData("(?<!a)b")]
    [InlineData(@"(a)\1")]
    [InlineData(@"(?<n>a)\k<n>")]
    [InlineData("(?>a)")]
    [InlineData(@"\p{Script=Greek}")]
    [InlineData(@"\p{Emoji}")]
    [InlineData("[^😀]")]
    [InlineData("(")]
    [InlineData("[a")]
    [InlineData("[b-a]")]
    [InlineData(@"\")]
    [InlineData(@"\u{110000}")]
    [InlineData(@"\u12")]
    [InlineData(@"\uD83D\uD83D")]
    public void Find_WhatNeedsBacktracking_OrIsNoPattern_IsNone(string pattern) => Assert.Null(SchemaPatterns.Find(pattern));
}
