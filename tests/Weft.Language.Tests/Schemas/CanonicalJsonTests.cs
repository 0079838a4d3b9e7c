using System.Text.Json.Nodes;
using Weft.Language.Schemas;

namespace Weft.Language.Tests.Schemas;

public sealed class CanonicalJsonTests
{
    private static readonly string[] Letters =
    [
        "a", "Z", "\u00e9", "\u00df", "\ud83d\ude00", "\"", "\\", "/", "\n", "\u0001", "\u2028", "<", "&", "'",
    ];

    private static readonly string[] Numbers =
    [
        "0", "-0", "1", "1.0", "1e0", "1E+2", "0.10", "1e-7", "1.5e300", "9007199254740991", "9007199254740992", "9007199254740993",
        "123456789012345678901234567890", "3.14159265358979323846", "5e-324",
    ];

    [Theory]
    [InlineData("null", "null")]
    [InlineData("""{"b": [1.0, 1e2, -0.50], "a": {"é": "é/<>", "B": true}}""", """{"a":{"B":true,"é":"é/<>"},"b":[1,100,-0.5]}""")]
    [InlineData("\"\\u0001\\n\\ud83d\\ude00\"", "\"\\u0001\\n\\uD83D\\uDE00\"")]
    [InlineData("[9007199254740991.0, 9007199254740993, 1e400]", "[9007199254740991,9007199254740993,1e400]")]
    [InlineData("[1e-7, 123456789.125, 1E20]", "[1E-07,123456789.125,1E20]")]
    public void Of_IsOneText(string json, string text) => Assert.Equal(text, CanonicalJson.Of(JsonNode.Parse(json)));

    [Theory]
    [InlineData("null", "74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b")]
    [InlineData(
        """{"tool":"mail.send","entity_id":null,"arguments":{"to":"a@b.c","n":1.0,"text":"é <b> \\n"}}""",
        "c0015d0841bef8694ac9bf85d75dddc3cd3a7feba57507ca267cb7a249f5c468")]
    public void HashOf_NeverChanges(string json, string hash) => Assert.Equal(hash, CanonicalJson.HashOf(JsonNode.Parse(json)));

    [Fact]
    public void Of_AnyValue_WithItsMembersInAnyOrder_IsTheSameText_AndStaysIt()
    {
        var random = new Random(20_261_127);
        for (var i = 0; i < 2_000; i++)
        {
            var value = AnyValue(random, 0);

            var text = CanonicalJson.Of(value);

            Assert.Equal(text, CanonicalJson.Of(Shuffled(value, random)));
            Assert.Equal(CanonicalJson.HashOf(value), CanonicalJson.HashOf(Shuffled(value, random)));
            Assert.Equal(text, CanonicalJson.Of(JsonNode.Parse(text)));
        }
    }

    private static JsonNode? AnyValue(Random random, int depth) => random.Next(depth > 4 ? 4 : 7) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => AnyText(random),
        3 => JsonNode.Parse(Numbers[random.Next(Numbers.Length)]),
        4 => new JsonArray([.. Enumerable.Range(0, random.Next(5)).Select(_ => AnyValue(random, depth + 1))]),
        _ => new JsonObject(Enumerable.Range(0, random.Next(6)).Select(_ => AnyText(random)).Distinct(StringComparer.Ordinal)
            .Select(x => KeyValuePair.Create(x, AnyValue(random, depth + 1)))),
    };

    private static string AnyText(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => Letters[random.Next(Letters.Length)]));

    private static JsonNode? Shuffled(JsonNode? value, Random random) => value switch
    {
        JsonObject members => new JsonObject(
            members.ToArray().OrderBy(_ => random.Next()).Select(x => KeyValuePair.Create(x.Key, Shuffled(x.Value, random)))),
        JsonArray items => new JsonArray([.. items.Select(x => Shuffled(x, random))]),
        _ => value?.DeepClone(),
    };
}
