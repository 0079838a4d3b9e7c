using Weft.Language.Definitions;

namespace Weft.Language.Tests.Definitions;

/// <summary>The form in which histories carry a definition.</summary>
public sealed class PackedDefinitionTests
{
    private static readonly string Long =
        "{" + string.Join(',', Enumerable.Range(0, 1000).Select(i => $"\"node_{i}\":\"Grüße {i}\"")) + "}";

    [Fact]
    public void Pack_OfAShortDefinition_LeavesItReadable() => Assert.Equal("""{"id":"a"}""", PackedDefinition.Pack("""{"id":"a"}"""));

    [Fact]
    public void Unpack_OfAPackedDefinition_IsTheTextItWas() => Assert.Equal(Long, PackedDefinition.Unpack(PackedDefinition.Pack(Long)));

    [Fact]
    public void Pack_OfALongDefinition_IsMuchShorter() => Assert.InRange(PackedDefinition.Pack(Long).Length, 1, Long.Length / 2);

    [Fact]
    public void Unpack_OfWhatWasNeverPacked_LeavesItAsItIs() => Assert.Equal(Long, PackedDefinition.Unpack(Long));

    [Theory]
    [InlineData("deflate:***")]
    [InlineData("deflate:BwcHBw==")]
    public void Unpack_OfDamagedText_SaysThatTheDefinitionIsDamaged(string damaged) =>
        Assert.Equal("invalid_definition", Assert.Throws<WeftException>(() => PackedDefinition.Unpack(damaged)).Code);
}
