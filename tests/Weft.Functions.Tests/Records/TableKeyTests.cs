using Weft.Functions.Records;
using Weft.Language;

namespace Weft.Functions.Tests.Records;

public sealed class TableKeyTests
{
    [Theory]
    [InlineData("weftId-01:model_gpt,(x)+y=z", "weftId-01:model_gpt,(x)+y=z")]
    [InlineData("a/b", "a.bb")]
    [InlineData("gpt-3.5", "gpt-3.a5")]
    [InlineData("#", "\"b")]
    [InlineData("50%", "50$b")]
    [InlineData("it's", "it&bs")]
    [InlineData("c:\\x", "c:[bx")]
    [InlineData("who?", "who>b")]
    [InlineData("a b", "a!20b")]
    [InlineData("\0", "!00")]
    [InlineData("!", "!21")]
    [InlineData("~", "~007E")]
    [InlineData("é", "~00E9")]
    public void Encode_OfAKey_WritesWhatTableStorageTakes(string key, string written)
    {
        Assert.Equal(written, TableKey.Encode(key));
        Assert.Equal(key, TableKey.Decode(written));
    }

    [Fact]
    public void Encode_OfAnyText_KeepsIdentityOrderAndPrefixes()
    {
        // A fixed seed: a failure can be repeated.
        var random = new Random(20261120);
        var texts = Enumerable.Range(0, 4000).Select(_ => Text(random)).ToList();

        foreach (var text in texts)
        {
            var written = TableKey.EncodeBound(text);
            Assert.All(written,
                c => Assert.True(c is > ' ' and <= '~' and not ('/' or '\\' or '#' or '?' or '%' or '\''), $"'{c}' in {written}"));
            Assert.Equal(text, TableKey.Decode(written));
            Assert.StartsWith(TableKey.EncodeBound(text[..(text.Length / 2)]), written, StringComparison.Ordinal);
        }

        for (var i = 1; i < texts.Count; i++)
        {
            Assert.Equal(
                Math.Sign(string.CompareOrdinal(texts[i - 1], texts[i])),
                Math.Sign(string.CompareOrdinal(TableKey.EncodeBound(texts[i - 1]), TableKey.EncodeBound(texts[i]))));
        }
    }

    [Fact]
    public void Encode_OfEverySingleUnit_KeepsTheOrderOfAll()
    {
        var written = Enumerable.Range(0, 0x10000).Select(unit => TableKey.EncodeBound(((char)unit).ToString())).ToList();

        Assert.Equal(written.Order(StringComparer.Ordinal), written);
        Assert.Equal(written.Count, written.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Encode_OfTheLongestPlainKey_FitsAndALongerOneSaysWhy()
    {
        Assert.Equal(512, TableKey.Encode(new string('k', 512)).Length);

        var refused = Assert.Throws<WeftException>(() => TableKey.Encode(new string('é', 103)));

        Assert.Equal("invalid_row_key", refused.Code);
        Assert.Contains("103", refused.Message, StringComparison.Ordinal);
        Assert.Contains("515", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_OfAnEmptyKey_IsRefused() =>
        Assert.Equal("invalid_row_key", Assert.Throws<WeftException>(() => TableKey.Encode("")).Code);

    [Theory]
    [InlineData("!2")]
    [InlineData("~12")]
    [InlineData("~12xz")]
    [InlineData("a.")]
    [InlineData("a.c")]
    [InlineData("a/b")]
    [InlineData("é")]
    public void Decode_OfAKeyThatSomethingElseWrote_IsRefused(string written) =>
        Assert.Equal("invalid_row_key", Assert.Throws<WeftException>(() => TableKey.Decode(written)).Code);

    // Neighbours of the signs that are written in another way, letters, and anything at all.
    private static string Text(Random random)
    {
        const string Signs = "\0\u001f !\"#$%&'./>?[\\]}~\u007f\u0080ÿ\ud800\udc00\ufffeabZ09";
        return string.Create(random.Next(1, 12), random, static (text, random) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = random.Next(4) == 0 ? (char)random.Next(0x10000) : Signs[random.Next(Signs.Length)];
            }
        });
    }
}
